# Main asks for a lock that it has, until Ctrl+C.
# Tells: wait tid 0 what "lock" name "lock" holder 0 heldAt (taken) at (asked)
# Tells: waited tid 0 outcome "error"
# Tells: thread-error id 0 name "KeyboardInterrupt" at (asked)
# Never: probe-error
import os
import signal
import threading
import time

signal.signal(signal.SIGINT, signal.default_int_handler)
lock = threading.Lock()


def interrupt():
    time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGINT)


def outer():
    with lock:  # (taken)
        inner()


def inner():
    lock.acquire()  # (asked)


threading.Thread(target=interrupt, daemon=True).start()
outer()
