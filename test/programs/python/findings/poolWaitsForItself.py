# A task waits for another one of the same pool, which has no thread left for it.
# Exit: exit-call, code 3.
# Threads: 1 main-exit.
# Findings: deadlock “main” at (task).
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6)
pool = ThreadPoolExecutor(1)


def inner():
    return 1


def outer():
    return pool.submit(inner).result()  # (task)


try:
    pool.submit(outer).result()
except KeyboardInterrupt:
    os._exit(3)
