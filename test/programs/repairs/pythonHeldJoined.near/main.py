# Main waits for the thread before it could tell it to end.
# Change: held-by-thread in main.py: none.
import queue
import threading

requests = queue.Queue()


def serve():
    while True:
        print(requests.get())


server = threading.Thread(target=serve)
server.start()
requests.put(1)
server.join()
