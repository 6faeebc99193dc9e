# It gives the last item before.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import queue
import threading

items = queue.Queue()


def consume():
    for item in iter(items.get, None):
        print("consumed", item, flush=True)


consumer = threading.Thread(target=consume, name="consumer")
consumer.start()
items.put(1)
items.put(None)
consumer.join()
print("all consumed")
