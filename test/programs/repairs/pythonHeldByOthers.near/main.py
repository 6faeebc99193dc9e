# Another thread puts items into the queue, perhaps after main is done.
# Change: held-by-thread in main.py: none.
import queue
import threading

requests = queue.Queue()


def serve():
    while True:
        print(requests.get())


def ask():
    requests.put(1)


threading.Thread(target=serve).start()
threading.Thread(target=ask).start()
requests.put(2)
