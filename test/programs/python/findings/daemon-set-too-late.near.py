# It is made one before.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import threading
import time


def poll():
    time.sleep(0.2)
    with open("polled.txt", "w") as out:
        out.write("done\n")


poller = threading.Thread(target=poll, name="poller")
poller.daemon = True
poller.start()
print("polling in the background")
poller.join()
