# An exception ends the thread that ships orders, and the exit code says nothing of it.
# Exit: returned.
# Threads: 1 error.
# Findings: thread-failed “shipper” at (error).
import queue
import threading

orders = queue.Queue()


def ship():
    for number, boxes in iter(orders.get, None):
        weight = 100 // boxes  # (error)
        with open("shipped.txt", "a") as out:
            out.write("%d %d\n" % (number, weight))


shipper = threading.Thread(target=ship, name="shipper")
shipper.start()
for order in [(1, 5), (2, 4), (3, 0), (4, 2), (5, 1)]:
    orders.put(order)
orders.put(None)
shipper.join()
print("all orders are shipped")
