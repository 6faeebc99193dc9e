# A daemon writes lines for ever to a file that it holds open.
# Findings: cut-off-while-writing.
import queue
from threading import Thread as T

lines = queue.Queue()


def save():
    with open("out.log", "w") as out:
        while True:
            out.write(lines.get())


T(target=save, daemon=True).start()  #! cut-off-while-writing
lines.put("line")
