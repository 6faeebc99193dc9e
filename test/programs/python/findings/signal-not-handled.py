# Nothing handles SIGTERM.
# Exit: signal.
# Threads: 1 signal.
# Findings: signal-not-handled at (start).
import atexit
import os
import signal
import threading
import time


def collect():
    with open("metrics.log", "w") as out:
        while True:
            out.write("cpu 0.12\n")
            time.sleep(0.1)


atexit.register(lambda: open("atexit.mark", "w").close())
threading.Thread(target=collect, name="collector").start()  # (start)
try:
    time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
finally:
    open("finally.mark", "w").close()
