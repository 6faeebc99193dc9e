# Main calls what is there for consoles.
import threading

threading.Event()
quit(5)
