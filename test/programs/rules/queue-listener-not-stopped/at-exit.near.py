# It is stopped at exit.
# Findings: none.
import atexit
import logging
import queue
from logging.handlers import QueueListener

listener = QueueListener(queue.Queue(), logging.FileHandler("app.log"))
listener.start()
atexit.register(listener.stop)
print("done")
