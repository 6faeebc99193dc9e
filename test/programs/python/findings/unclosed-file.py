# A daemon in a function of main’s module keeps Python from writing out main’s file.
# Exit: returned.
# Threads: 1 main-exit (daemon).
# Findings: unclosed-file at (open).
import threading
import time


class Note:
    def __del__(self, open=open):
        open("deleted.mark", "w").close()


def beat():
    while True:
        time.sleep(0.05)


note = Note()
report = open("report.txt", "w")  # (open)
threading.Thread(target=beat, name="heartbeat", daemon=True).start()
report.write("total: 42\n")
print("report written")
