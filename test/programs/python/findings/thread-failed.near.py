# It is caught.
# Exit: exit-call, code 1.
# Threads: 1 returned.
# Findings: none.
import queue
import sys
import threading

orders = queue.Queue()
failed = []


def ship():
    for number, boxes in iter(orders.get, None):
        try:
            weight = 100 // boxes
        except ZeroDivisionError:
            failed.append(number)
            continue
        with open("shipped.txt", "a") as out:
            out.write("%d %d\n" % (number, weight))


shipper = threading.Thread(target=ship, name="shipper")
shipper.start()
for order in [(1, 5), (2, 4), (3, 0), (4, 2), (5, 1)]:
    orders.put(order)
orders.put(None)
shipper.join()
print("not shipped:", failed)
sys.exit(1 if failed else 0)
