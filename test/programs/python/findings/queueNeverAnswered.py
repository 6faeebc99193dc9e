# Two workers never call task_done(), and one that does leaves it out after an error.
# Exit: error, code 130.
# Threads: 1 main-exit (daemon).
# Findings: queue-never-done “main” at (handler).
import queue
import signal
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6)


class Crawler:
    def __init__(self):
        self.jobs = queue.Queue()

    def work(self):
        while True:
            job = self.jobs.get()
            try:
                print(10 // job, flush=True)
                self.jobs.task_done()
            except ZeroDivisionError:  # (handler)
                print("failed", flush=True)


crawler = Crawler()
threading.Thread(target=crawler.work, name="crawler", daemon=True).start()
for n in (1, 0, 2):
    crawler.jobs.put(n)
crawler.jobs.join()
