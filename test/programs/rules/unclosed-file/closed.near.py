# It is closed.
# Findings: none.
import threading
import time


def beat():
    while True:
        time.sleep(1)


report = open("report.txt", "w")
threading.Thread(target=beat, daemon=True).start()
report.write("total: 42")
report.close()
