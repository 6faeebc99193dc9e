# The thread of a QueueListener is killed with records in its queue.
# Exit: returned.
# Threads: 1 main-exit (daemon).
# Findings [3.8-3.9]: queue-listener-not-stopped “Thread-1” at (start).
# Findings [3.10+]: queue-listener-not-stopped “Thread-1 (_monitor)” at (start).
import logging
import logging.handlers
import queue
import time


class SlowFile(logging.FileHandler):
    def emit(self, record):
        time.sleep(0.05)
        super().emit(record)


records = queue.Queue()
listener = logging.handlers.QueueListener(records, SlowFile("app.log", "w"))
listener.start()  # (start)
log = logging.getLogger("app")
log.addHandler(logging.handlers.QueueHandler(records))
log.setLevel(logging.INFO)
for n in range(200):
    log.info("event %d", n)
print("logged 200")
