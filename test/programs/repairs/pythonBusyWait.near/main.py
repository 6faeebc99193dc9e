# What the loop asks has no call that waits for it.
# Change: busy-wait in main.py: none.
import queue
import threading

jobs = queue.Queue()
jobs.put(1)


def take():
    jobs.get()


threading.Thread(target=take).start()
while not jobs.empty():
    pass
print("taken")
