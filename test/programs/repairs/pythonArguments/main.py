# The arguments of a thread are a number.
# Change: thread-failed in main.py: Make a tuple of it.
# After: exit code 0, and "5\n"
import threading


def work(n):
    print(n)


worker = threading.Thread(target=work, args=(5))
worker.start()
worker.join()
