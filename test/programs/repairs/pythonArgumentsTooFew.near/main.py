# Which argument is meant is not known.
# Change: thread-failed in main.py: none.
import threading


def work(n):
    print(n)


worker = threading.Thread(target=work)
worker.start()
worker.join()
