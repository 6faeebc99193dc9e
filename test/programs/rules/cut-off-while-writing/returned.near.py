# The thread is handed on: others may wait for it.
# Findings: none.
import queue
import threading

lines = queue.Queue()


def save():
    with open("out.log", "w") as out:
        while True:
            out.write(lines.get())


def start():
    thread = threading.Thread(target=save, daemon=True)
    thread.start()
    return thread
