# They take them in the same order.
# Exit: returned.
# Threads: 2 returned.
# Findings: none.
import threading

account_a, account_b = threading.Lock(), threading.Lock()
both = threading.Barrier(2)


def move(source, target):
    both.wait()
    with min(source, target, key=id):
        with max(source, target, key=id):
            print("moved")


threads = [threading.Thread(target=move, args=(account_a, account_b), name="a-to-b"),
           threading.Thread(target=move, args=(account_b, account_a), name="b-to-a")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
