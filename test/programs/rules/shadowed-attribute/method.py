# A method takes the place of one of Thread, which calls it at the end.
# Findings: shadowed-attribute.
import threading


class Base(threading.Thread):
    pass


class Watchdog(Base):
    def _stop(self):  #! shadowed-attribute
        print("stop")
