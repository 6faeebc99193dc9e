# A subclass has an Event of the name _stop.
# Findings: shadowed-attribute.
import threading


class Watchdog(threading.Thread):
    def __init__(self):
        super().__init__()
        self._stop = threading.Event()  #! shadowed-attribute
