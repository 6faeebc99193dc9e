# Each line is written out at once.
# Findings: none.
import queue
import threading

lines = queue.Queue()


def save():
    with open("out.log", "w") as out:
        while True:
            out.write(lines.get())
            out.flush()


threading.Thread(target=save, daemon=True).start()
