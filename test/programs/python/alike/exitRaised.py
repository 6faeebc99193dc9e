# Main raises SystemExit itself, with a text.
import threading

threading.Event()
raise SystemExit("a reason")
