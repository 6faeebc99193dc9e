# The queue is an argument of the thread.
# Findings: held-by-thread.
import queue
import threading


def serve(requests):
    while True:
        print(requests.get())


def main():
    requests = queue.Queue()
    threading.Thread(target=serve, args=(requests,)).start()  #! held-by-thread
    requests.put(1)


main()
