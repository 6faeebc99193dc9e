# It does so for each.
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
            if job == 3:
                continue
            print("did", job, flush=True)
        finally:
            jobs.task_done()


threading.Thread(target=work, name="worker", daemon=True).start()
for n in range(5):
    jobs.put(n)
jobs.join()
print("all jobs are done")
