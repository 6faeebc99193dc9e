# Two daemons of one line are killed while their files hold text in memory.
# Exit: returned.
# Threads: 2 main-exit (daemon).
# Findings: cut-off-while-writing “a.log” at (start).
import threading
import time

written = threading.Barrier(3)


def write(name):
    with open(name, "w") as out:
        out.write("line\n")
        written.wait()
        time.sleep(30)


for name in ("a.log", "b.log"):
    threading.Thread(target=write, args=(name,), name=name, daemon=True).start()  # (start)
written.wait()
