# Nobody stops the listener.
# Findings: queue-listener-not-stopped.
import atexit
import logging
import queue
from logging.handlers import QueueHandler, QueueListener

records = queue.Queue()
listener = QueueListener(records, logging.FileHandler("app.log"))
listener.start()  #! queue-listener-not-stopped
atexit.register(print, "bye")
logging.getLogger().addHandler(QueueHandler(records))
logging.warning("disk is full")
print("done")
