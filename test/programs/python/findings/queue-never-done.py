# A worker does not call task_done() for one job.
# Exit: error, code 130.
# Threads: 1 main-exit (daemon).
# Findings: queue-never-done “main” at (left).
import queue
import signal
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6)

jobs = queue.Queue()


def work():
    while True:
        job = jobs.get()
        if job == 3:
            continue  # (left)
        print("did", job, flush=True)
        jobs.task_done()


threading.Thread(target=work, name="worker", daemon=True).start()
for n in range(5):
    jobs.put(n)
jobs.join()
print("all jobs are done")
