# A daemon may wait for ever, and an item can end another thread.
# Findings: none.
import queue
import threading

requests = queue.Queue()


def serve():
    while True:
        print(requests.get())


def take():
    while True:
        item = requests.get()
        if item is None:
            break


threading.Thread(target=serve, daemon=True).start()
threading.Thread(target=take).start()
requests.put(None)
