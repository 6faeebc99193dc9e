# A thread asks a queue again and again for its next item.
# Exit: returned.
# Threads: 1 returned.
# Findings: busy-wait “worker” at (loop).
import queue
import threading
import time

jobs = queue.Queue()
seen = []


def work():
    while True:  # (loop)
        try:
            job = jobs.get_nowait()
        except queue.Empty:
            continue
        if job is None:
            return
        seen.append(job)


worker = threading.Thread(target=work, name="worker")
worker.start()
time.sleep(1.0)
jobs.put(1)
jobs.put(None)
worker.join()
print(len(seen), "job")
