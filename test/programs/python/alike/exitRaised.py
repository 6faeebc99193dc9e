# Main raises SystemExit itself, with a text.
# Tells: exiting tid 0 cause "exit-call"
# Never: probe-error
import threading

threading.Event()
raise SystemExit("a reason")
