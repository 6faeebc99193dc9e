# A daemon that saves rows is killed at the end, and what its file still held in memory is lost.
# Exit: returned.
# Threads: 1 main-exit (daemon).
# Findings: cut-off-while-writing “writer” at (start).
import queue
import threading

rows = queue.Queue()


def save():
    with open("out.log", "w") as out:
        try:
            while True:
                out.write(rows.get())
                rows.task_done()
        finally:
            open("closed.mark", "w").close()


threading.Thread(target=save, name="writer", daemon=True).start()  # (start)
for n in range(300):
    rows.put("row %05d\n" % n)
rows.join()
print("300 rows saved")
