# A thread fails while it holds a lock, and main asks for it.
# Exit: error, code 130.
# Threads: 1 error.
# Findings: deadlock “main” at (with).
# Findings: thread-failed “adder” at (failed).
import signal
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6)
lock = threading.Lock()


def add(n):
    lock.acquire()
    10 // n  # (failed)
    lock.release()


adder = threading.Thread(target=add, args=(0,), name="adder")
adder.start()
adder.join()
with lock:  # (with)
    print("total")
