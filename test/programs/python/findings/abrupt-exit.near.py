# The thread is told to end and waited for.
# Exit: exit-call, code 3.
# Threads: 1 returned.
# Findings: none.
import atexit
import queue
import sys
import threading

lines = queue.Queue()


def audit():
    with open("audit.log", "w") as out:
        for line in iter(lines.get, None):
            out.write(line)


atexit.register(lambda: open("atexit.mark", "w").close())
thread = threading.Thread(target=audit, name="audit")
thread.start()
for n in range(100):
    lines.put("entry %03d\n" % n)
lines.put(None)
thread.join()
print("finished")
sys.exit(3)
