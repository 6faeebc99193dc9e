# A thread takes what there is without waiting, and ends when there is no more; another asks ten times a second.
# Exit: returned.
# Threads: 2 returned.
# Findings: none.
import queue
import threading
import time

jobs = queue.Queue()
for n in range(20000):
    jobs.put(n)


def drain():
    total = 0
    while True:
        try:
            total += jobs.get_nowait()
        except queue.Empty:
            break
    print(total)


def watch(other):
    while other.is_alive():
        time.sleep(0.1)


worker = threading.Thread(target=drain, name="worker")
worker.start()
watcher = threading.Thread(target=watch, args=(worker,), name="watcher")
watcher.start()
watcher.join()
