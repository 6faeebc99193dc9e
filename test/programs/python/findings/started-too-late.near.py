# It does the work itself.
# Exit: returned.
# Threads: none.
# Findings: none.
import atexit
import time


def send():
    time.sleep(0.1)
    with open("sent.txt", "w") as out:
        out.write("events\n")


atexit.register(send)
print("bye")
