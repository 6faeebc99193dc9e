# A thread and a task take items for ever that nobody gives them any more.
# Findings: held-by-thread.
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

requests = queue.Queue()
pool = ThreadPoolExecutor()


def serve():
    while True:
        print(requests.get())


threading.Thread(target=serve).start()  #! held-by-thread
pool.submit(serve)  #! held-by-thread
requests.put(1)
