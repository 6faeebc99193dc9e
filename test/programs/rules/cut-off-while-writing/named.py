# A daemon never closes its file and never ends.
# Findings: cut-off-while-writing.
import threading
import time


def record():
    out = open("temperature.csv", "a")
    while True:
        out.write("20.5")
        time.sleep(60)


threading.Thread(target=record, daemon=True).start()  #! cut-off-while-writing
