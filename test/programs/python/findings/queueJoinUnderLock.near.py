# Main gives back the lock first.
# Exit: returned.
# Threads: 1 main-exit (daemon).
# Findings: none.
import queue
import threading

jobs = queue.Queue()
lock = threading.Lock()


def work():
    while True:
        job = jobs.get()
        with lock:
            pass
        jobs.task_done()


threading.Thread(target=work, name="worker", daemon=True).start()
with lock:
    jobs.put(1)
jobs.join()
