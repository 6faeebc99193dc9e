# Main raises SystemExit itself, with a text: it is not known with which code.
# Tells: exiting tid 0 cause "exit-call" code undefined
# Tells: exited code undefined
# Never: probe-error
import threading

threading.Event()
raise SystemExit("a reason")
