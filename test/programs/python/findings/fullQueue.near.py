# The reader goes on.
# Exit: returned.
# Threads: 2 returned.
# Findings: none.
import queue
import threading

numbers = queue.Queue(1)


def read():
    for n in iter(numbers.get, None):
        try:
            1 // n
        except ZeroDivisionError:
            pass


def write():
    for n in (0, 1, 2, 3, None):
        numbers.put(n)


reader = threading.Thread(target=read, name="reader", daemon=True)
reader.start()
threading.Thread(target=write, name="writer").start()
reader.join()
