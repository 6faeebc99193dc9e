# A thread is given its arguments as no tuple, and fails in Python’s own code.
# Exit: returned.
# Threads: 1 error.
# Findings: thread-failed “worker” at (start).
import threading


def work(n):
    print(n)


thread = threading.Thread(target=work, args=(5), name="worker")
thread.start()  # (start)
thread.join()
