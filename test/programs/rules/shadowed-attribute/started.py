# A flag hides the Event that start() waits for.
# Findings: shadowed-attribute.
from threading import Thread


class Service(Thread):
    def __init__(self):
        Thread.__init__(self)
        self._started = False  #! shadowed-attribute

    def run(self):
        self._started = True
