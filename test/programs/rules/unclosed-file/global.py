# A file of the module is never closed, and a daemon runs for ever.
# Findings: unclosed-file.
import threading
import time


def beat():
    while True:
        time.sleep(1)


report = open("report.txt", "w")  #! unclosed-file
threading.Thread(target=beat, daemon=True).start()
report.write("total: 42")
