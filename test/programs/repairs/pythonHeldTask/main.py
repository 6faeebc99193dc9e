# A task of an executor waits for ever for items of a queue.
# Change: held-by-thread in main.py: Tell it to end when main is done.
# After: exit code 0, and "1\n2\n"
import queue
from concurrent.futures import ThreadPoolExecutor

requests = queue.Queue()


def serve():
    while True:
        request = requests.get()
        print(request)


def ask(n):
    requests.put(n)


pool = ThreadPoolExecutor()
pool.submit(serve)
ask(1)
ask(2)
