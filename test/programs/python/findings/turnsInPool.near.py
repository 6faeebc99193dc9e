# Threads compute in native code that gives the interpreter’s lock back, or mostly sleep.
# Exit: returned.
# Threads: 5 returned.
# Findings: none.
import hashlib
import threading
import time

data = b"x" * 20000000


def digest():
    for _ in range(4):
        hashlib.sha256(data).hexdigest()


def fetch():
    for _ in range(40):
        time.sleep(0.01)
        sum(range(1000))


threads = [threading.Thread(target=digest) for _ in range(2)] + [threading.Thread(target=fetch) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
