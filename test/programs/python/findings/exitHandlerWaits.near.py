# It waits for the reader.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import atexit
import queue
import threading

spans = queue.Queue()


def send():
    while spans.get() is not None:
        spans.task_done()


def flush():
    spans.put(None)
    sender.join()
    print("flushed")


sender = threading.Thread(target=send, name="sender", daemon=True)
sender.start()
atexit.register(flush)
spans.put("one")
spans.put("late")
print("main is done")
