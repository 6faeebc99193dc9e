# Main calls what is there for consoles.
# Tells: exiting tid 0 cause "exit-call"
# Never: probe-error
import threading

threading.Event()
quit(5)
