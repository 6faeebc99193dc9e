# An atexit callback waits for a queue whose reader is gone.
# Exit: returned.
# Threads: 1 returned.
# Findings: queue-never-done “main” at (wait).
import atexit
import queue
import signal
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6)

spans = queue.Queue()


def send():
    while spans.get() is not None:
        spans.task_done()


def flush():
    spans.join()  # (wait)
    print("flushed")


atexit.register(flush)
sender = threading.Thread(target=send, name="sender", daemon=True)
sender.start()
spans.put("one")
spans.put(None)
sender.join()
spans.put("late")
print("main is done", flush=True)
