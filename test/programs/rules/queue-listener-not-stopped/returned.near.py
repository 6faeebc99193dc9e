# Who gets it may stop it.
# Findings: none.
import logging
import queue
from logging.handlers import QueueListener


def listen():
    listener = QueueListener(queue.Queue(), logging.FileHandler("app.log"))
    listener.start()
    return listener
