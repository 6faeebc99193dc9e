# It is told to end.
# Exit: returned.
# Threads: 2 returned.
# Findings: none.
import queue
import threading

requests = queue.Queue()


def serve():
    for request in iter(requests.get, None):
        print("served", request)


def listen():
    session = threading.Thread(target=serve, name="session", daemon=False)
    session.start()
    session.join()


listener = threading.Thread(target=listen, name="listener", daemon=True)
listener.start()
requests.put("one")
requests.put(None)
listener.join()
print("main is done")
