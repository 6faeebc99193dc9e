# The second gives back its lock before it takes the other.
# Exit: returned.
# Threads: 2 returned.
# Findings: none.
import threading

inbox, outbox = threading.Lock(), threading.Lock()


def read():
    inbox.acquire()
    outbox.acquire()
    outbox.release()
    inbox.release()


def write():
    outbox.acquire()
    outbox.release()
    inbox.acquire()
    inbox.release()


threading.Thread(target=read, name="reader").start()
threading.Thread(target=write, name="writer").start()
