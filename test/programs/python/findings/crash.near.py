# It is waited for.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import sys
import threading
import time

stop = threading.Event()


def chatter():
    while not stop.wait(0.05):
        sys.stdout.write("progress ")


thread = threading.Thread(target=chatter, name="chatter", daemon=True)
thread.start()
time.sleep(0.4)
stop.set()
thread.join()
