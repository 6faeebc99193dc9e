# setDaemon() comes too late as well, also in a method.
# Findings: daemon-set-too-late.
import threading


class Service:
    def begin(self):
        self._thread = threading.Thread(target=print)
        self._thread.start()
        self._thread.setDaemon(True)  #! daemon-set-too-late
