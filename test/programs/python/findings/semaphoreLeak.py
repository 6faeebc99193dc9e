# A thread that has taken a semaphore ends without giving it back.
# Exit: error, code 130.
# Threads: 1 main-exit, 1 returned.
# Findings: deadlock “main” at (wait).
import signal
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6, 0.5)

slots = threading.Semaphore(1)


def run(job):
    slots.acquire()
    if job == 0:
        return
    slots.release()


first, second = [threading.Thread(target=run, args=(n,), name="job-%d" % n) for n in range(2)]
first.start()
first.join()
second.start()
second.join()  # (wait)
