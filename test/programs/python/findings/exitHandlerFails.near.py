# Exit handlers that deal with their errors, and an object that fails when it is freed.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import atexit
import threading
import time


class Noisy:
    def __del__(self):
        raise ValueError("freed")


def flush():
    Noisy()
    try:
        raise ValueError("no room left")
    except ValueError as error:
        print(error, flush=True)


atexit.register(flush)
if hasattr(threading, "_register_atexit"):
    threading._register_atexit(print, "stops")
threading.Thread(target=time.sleep, args=(0.2,), name="sleeper").start()
