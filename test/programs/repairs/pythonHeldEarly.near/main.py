# The function that starts the thread is not the end of main.
# Change: held-by-thread in main.py: none.
import queue
import threading

requests = queue.Queue()


def serve():
    while True:
        print(requests.get())


def begin():
    threading.Thread(target=serve).start()
    print("begun")


begin()
requests.put(1)
