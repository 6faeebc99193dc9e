# Two threads take two locks by acquire(), in opposite order.
# Exit: returned.
# Threads: 2 main-exit.
# Findings: deadlock “reader” at (wait).
import signal
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6, 0.5)

inbox, outbox = threading.Lock(), threading.Lock()
begun = threading.Barrier(2)


def read():
    inbox.acquire()
    begun.wait()
    outbox.acquire()  # (wait)
    outbox.release()
    inbox.release()


def write():
    outbox.acquire()
    begun.wait()
    inbox.acquire()
    inbox.release()
    outbox.release()


threading.Thread(target=read, name="reader").start()
threading.Thread(target=write, name="writer").start()
