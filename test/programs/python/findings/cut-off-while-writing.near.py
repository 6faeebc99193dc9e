# It is told to end and waited for.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import queue
import threading

rows = queue.Queue()


def save():
    with open("out.log", "w") as out:
        try:
            for row in iter(rows.get, None):
                out.write(row)
        finally:
            open("closed.mark", "w").close()


writer = threading.Thread(target=save, name="writer", daemon=True)
writer.start()
for n in range(300):
    rows.put("row %05d\n" % n)
rows.put(None)
writer.join()
print("300 rows saved")
