# SIGTERM raises SystemExit.
# Exit: exit-call.
# Threads: 1 returned.
# Findings: none.
import atexit
import os
import signal
import sys
import threading
import time

stop = threading.Event()


def collect():
    with open("metrics.log", "w") as out:
        while not stop.wait(0.1):
            out.write("cpu 0.12\n")


signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
atexit.register(lambda: open("atexit.mark", "w").close())
collector = threading.Thread(target=collect, name="collector")
collector.start()
try:
    time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
finally:
    stop.set()
    collector.join()
    open("finally.mark", "w").close()
