# Other modules may give it items for as long as they like.
# Findings: none.
import queue
import threading

requests = queue.Queue()


def serve():
    while True:
        print(requests.get())


def begin():
    threading.Thread(target=serve).start()
