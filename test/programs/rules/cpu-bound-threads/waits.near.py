# One thread computes, and others mostly wait.
# Findings: none.
import threading
import time


def crunch():
    return sum(range(3_000_000))


def fetch():
    for _ in range(1_000_000):
        time.sleep(0.1)


threading.Thread(target=crunch).start()
for _ in range(4):
    threading.Thread(target=fetch).start()
