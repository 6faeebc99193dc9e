# A subclass makes daemons of its objects.
# Findings: cut-off-while-writing.
import threading
import time


class Saver(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)

    def run(self):
        with open("out.log", "w") as out:
            out.write("begun")
            time.sleep(10)
            out.write("done")


Saver().start()  #! cut-off-while-writing
