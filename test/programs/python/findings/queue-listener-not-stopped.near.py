# It is stopped at exit.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import atexit
import logging
import logging.handlers
import queue

records = queue.Queue()
listener = logging.handlers.QueueListener(records, logging.FileHandler("app.log", "w"))
listener.start()
atexit.register(listener.stop)
log = logging.getLogger("app")
log.addHandler(logging.handlers.QueueHandler(records))
log.setLevel(logging.INFO)
for n in range(200):
    log.info("event %d", n)
print("logged 200")
