# A daemon fills a pipe that nobody reads, and holds the lock of standard output as Python ends.
# Exit: returned.
# Threads: 1 main-exit (daemon), 1 returned.
# Findings: crash “chatter” at (write).
import os
import sys
import threading
import time

reader, writer = os.pipe()
os.dup2(writer, 1)


def chatter():
    time.sleep(0.15)
    while True:
        sys.stdout.write("progress " * 1000)  # (write)


def work():
    time.sleep(0.4)


threading.Thread(target=chatter, name="chatter", daemon=True).start()
threading.Thread(target=work, name="worker").start()
