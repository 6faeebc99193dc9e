# A thread is waited for under the lock that it needs, or before the item at which it ends.
# Findings: deadlock.
import queue
import threading

lock = threading.Lock()
items = queue.Queue()


def refresh():
    with lock:
        print("refreshed")


def consume():
    while True:
        item = items.get()
        if item is None:
            break


thread = threading.Thread(target=refresh)
thread.start()
with lock:
    thread.join()  #! deadlock
consumer = threading.Thread(target=consume)
consumer.start()
consumer.join()  #! deadlock
items.put(None)
