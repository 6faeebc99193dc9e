# Ctrl+C while main waits for a thread at its end: it is cut off.
# Tells: exit-phase phase "threads"
# Tells: exit-phase phase "exit-handlers"
# Tells: stack id 1 frames (waits)
# Tells: exiting cause "returned"
# Tells: exited code 0
# Never: probe-error
import os
import signal
import threading
import time

signal.signal(signal.SIGINT, signal.default_int_handler)


def wait():
    threading.Event().wait()  # (waits)


def interrupt():
    threading.main_thread().join()
    time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGINT)


threading.Thread(target=wait).start()
threading.Thread(target=interrupt, daemon=True).start()
