# A lock is taken again by its holder, also in a method that it calls.
# Findings: deadlock.
import threading


class Account:
    def __init__(self):
        self._lock = threading.Lock()
        self._total = 0

    def add(self, n):
        with self._lock:
            self._total += n
            self.log()  #! deadlock

    def log(self):
        with self._lock:
            print(self._total)

    def clear(self):
        with self._lock:
            with self._lock:  #! deadlock
                self._total = 0
