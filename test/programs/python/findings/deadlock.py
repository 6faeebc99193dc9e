# Main waits for a thread before it gives that the last item.
# Exit: error, code 130.
# Threads: 1 main-exit.
# Findings: deadlock “main” at (wait).
import queue
import signal
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6, 0.5)

items = queue.Queue()


def consume():
    while True:
        item = items.get()
        if item is None:
            return
        print("consumed", item, flush=True)


consumer = threading.Thread(target=consume, name="consumer")
consumer.start()
items.put(1)
consumer.join()  # (wait)
items.put(None)
print("all consumed")
