# A listener is not stopped, and its records are lost.
# Change: queue-listener-not-stopped in main.py: Stop it at exit.
# After: exit code 0, and "0\n1\n2\n3\n4\n"
import atexit
import logging
import logging.handlers
import queue
import time


class SlowFile(logging.FileHandler):
    def emit(self, record):
        time.sleep(0.05)
        super().emit(record)


atexit.register(logging.shutdown)
records = queue.Queue()
listener = logging.handlers.QueueListener(records, SlowFile("out.log", "w"))
listener.start()
log = logging.getLogger("app")
log.addHandler(logging.handlers.QueueHandler(records))
for n in range(5):
    log.warning("%d", n)
