# A listener is not stopped, and nothing to stop it with is imported.
# Change: queue-listener-not-stopped in main.py: Stop it at exit.
# After: exit code 0, and "0\n1\n2\n"
"""Logs."""
from __future__ import annotations

# Of the standard library.
import logging
import logging.handlers
import queue
import time


class SlowFile(logging.FileHandler):
    def emit(self, record):
        time.sleep(0.05)
        super().emit(record)


def main():
    records = queue.Queue()
    listener = logging.handlers.QueueListener(records, SlowFile("out.log", "w"))
    listener.start()  # a daemon
    log = logging.getLogger("app")
    log.addHandler(logging.handlers.QueueHandler(records))
    for n in range(3):
        log.warning("%d", n)


main()
