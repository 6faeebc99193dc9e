# A thread is to be made a daemon after its start.
# Exit: error, code 1.
# Threads: 1 returned.
# Findings: daemon-set-too-late “main” at (set).
import threading
import time


def poll():
    time.sleep(0.9)
    with open("polled.txt", "w") as out:
        out.write("done\n")


poller = threading.Thread(target=poll, name="poller")
poller.start()
poller.daemon = True  # (set)
print("polling in the background")
