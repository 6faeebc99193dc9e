# Main waits for a queue while it holds a lock that the reader of the queue needs.
# Exit: error, code 130.
# Threads: 1 main-exit (daemon).
# Findings: deadlock “worker” at (wait).
import queue
import signal
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6, 0.5)

jobs = queue.Queue()
lock = threading.Lock()
stay = threading.Event()


def work():
    while True:
        job = jobs.get()
        with lock:  # (wait)
            pass
        stay.wait()
        jobs.task_done()


threading.Thread(target=work, name="worker", daemon=True).start()
with lock:
    jobs.put(1)
    jobs.join()
