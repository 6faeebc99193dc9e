# The class is no thread, and another one uses names of its own.
# Findings: none.
import threading


class Service:
    def __init__(self):
        self._stop = threading.Event()


class Watchdog(threading.Thread):
    def __init__(self, target):
        super().__init__(target=target)
        self._ending = threading.Event()
        self._name = "watchdog"
