# Loops that wait, or do something.
# Findings: none.
import queue
import threading
import time

jobs = queue.Queue()
ended = threading.Event()


def take():
    while True:
        try:
            job = jobs.get_nowait()
        except queue.Empty:
            time.sleep(0.1)
            continue
        print(job)


while not ended.wait(1):
    pass
end = time.monotonic() + 1
while time.monotonic() < end:
    pass
while jobs.get() is not None:
    pass
