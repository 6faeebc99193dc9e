# Threads count down, and compute until a time has passed: neither waits for anything.
# Exit: returned.
# Threads: 2 returned.
# Findings: none.
import threading
import time


def count():
    n = 400000
    while n > 0:
        n -= 1


def burn():
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        pass


counter = threading.Thread(target=count)
counter.start()
counter.join()
burner = threading.Thread(target=burn)
burner.start()
burner.join()
