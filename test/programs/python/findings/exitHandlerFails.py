# Exit handlers fail, and a callback before them: Python prints that, and what it skips for it.
# Exit: returned.
# Threads [3.8]: 1 returned.
# Threads [3.9+]: 1 main-exit.
# Findings: none.
# Notes [3.9+]: “stop”, a callback of threading._register_atexit(), failed: LookupError: no such consumer at exitHandlerFails.py:22. Python then waited for no thread.
# Notes [3.10+]: The exit handler “flush” failed: ValueError: no room left at exitHandlerFails.py:18. Python ignored that and ran the others.
import atexit
import threading
import time


def last():
    print("the others have run", flush=True)


def flush():
    raise ValueError("no room left")


def stop():
    raise LookupError("no such consumer")


atexit.register(last)
atexit.register(flush)
if hasattr(threading, "_register_atexit"):
    threading._register_atexit(stop)
threading.Thread(target=time.sleep, args=(1.5,), name="sleeper").start()
