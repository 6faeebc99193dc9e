# Ctrl+C while main waits for a thread: its error and its place.
# Tells: wait what "join" whom 1 at (join)
# Tells: waited outcome "error"
# Tells: thread-error id 0 name "KeyboardInterrupt" at (join)
# Tells: exiting tid 0 cause "error" at (join)
# Never: probe-error
import os
import signal
import threading
import time

signal.signal(signal.SIGINT, signal.default_int_handler)
gate = threading.Event()


def interrupt():
    time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.2)
    gate.set()


slow = threading.Thread(target=gate.wait)
slow.start()
threading.Thread(target=interrupt, daemon=True).start()
slow.join()  # (join)
