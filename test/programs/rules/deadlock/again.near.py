# An RLock may be taken again, and a Lock that others release is a signal.
# Findings: none.
import threading


class Account:
    def __init__(self):
        self._lock = threading.RLock()
        self._other = threading.Lock()

    def add(self):
        with self._lock:
            self.log()

    def log(self):
        with self._lock:
            print("log")

    def wait(self):
        self._other.acquire()
        self._other.acquire()

    def wake(self):
        self._other.release()

    def safe(self):
        with self._other:
            print("safe")
        self.also_safe()

    def also_safe(self):
        with self._other:
            print("also safe")


account = Account()
print(account)
