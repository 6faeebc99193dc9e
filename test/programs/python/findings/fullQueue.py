# The reader of a queue failed, and its writer waits for room.
# Exit: returned.
# Threads: 1 error (daemon), 1 main-exit.
# Findings: held-by-thread “writer” at (start).
# Findings: thread-failed “reader” at (failed).
import queue
import signal
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6, 0.5)

numbers = queue.Queue(1)


def read():
    while True:
        1 // numbers.get()  # (failed)


def write():
    for n in (0, 1, 2, 3):
        numbers.put(n)


threading.Thread(target=read, name="reader", daemon=True).start()
threading.Thread(target=write, name="writer").start()  # (start)
