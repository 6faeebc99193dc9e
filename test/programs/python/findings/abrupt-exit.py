# os._exit() kills a thread, and what files held in memory is lost.
# Exit: exit-call, code 3.
# Threads: 1 main-exit.
# Findings: abrupt-exit at (exit).
import atexit
import os
import queue
import threading

lines = queue.Queue()


def audit():
    with open("audit.log", "w") as out:
        while True:
            out.write(lines.get())
            lines.task_done()


atexit.register(lambda: open("atexit.mark", "w").close())
threading.Thread(target=audit, name="audit").start()
for n in range(100):
    lines.put("entry %03d\n" % n)
lines.join()
print("finished")
os._exit(3)  # (exit)
