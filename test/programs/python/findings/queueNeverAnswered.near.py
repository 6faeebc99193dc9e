# A worker calls task_done() for each item, also after an error.
# Exit: returned.
# Threads: 1 main-exit (daemon).
# Findings: none.
import queue
import threading

jobs = queue.Queue()


def work():
    while True:
        job = jobs.get()
        try:
            if job == 0:
                continue
            print(10 // job, flush=True)
        finally:
            jobs.task_done()


threading.Thread(target=work, name="worker", daemon=True).start()
for n in (1, 0, 2):
    jobs.put(n)
jobs.join()
