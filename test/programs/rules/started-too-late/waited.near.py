# The handler waits for its thread.
# Findings: none.
import atexit
import threading


def flush():
    thread = threading.Thread(target=print)
    thread.start()
    thread.join()


atexit.register(flush)
