# Exit handlers that fail, one of them with an audit hook of the program's own beside ours.
# Tells: exit-phase phase "exit-handlers"
# Never: probe-error
import atexit
import sys
import threading

seen = []
sys.addaudithook(lambda event, args: seen.append(event) if event.startswith("sys.unraisable") else None)


def last():
    print(seen, sys.unraisablehook is sys.__unraisablehook__, flush=True)


def fails():
    raise ValueError("no room left")


def leaves():
    sys.exit(3)


def asks():
    print([event for event in seen if event != "sys.unraisablehook"], sys.exc_info(), flush=True)


atexit.register(last)
for handler in (fails, leaves, asks):
    atexit.register(handler)
atexit.register(int, "no number")
threading.Thread(target=print, args=("in a thread",)).start()
