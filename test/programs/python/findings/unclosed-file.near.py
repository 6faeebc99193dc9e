# The same daemon, and main closes its file.
# Exit: returned.
# Threads: 1 main-exit (daemon).
# Findings: none.
import threading
import time


def beat():
    while True:
        time.sleep(0.05)


threading.Thread(target=beat, name="heartbeat", daemon=True).start()
with open("report.txt", "w") as report:
    report.write("total: 42\n")
print("report written")
