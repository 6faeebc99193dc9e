# The daemon is a field of the object that starts it and nobody waits for it.
# Findings: cut-off-while-writing.
import threading
import time


class Recorder:
    def __init__(self):
        self._thread = threading.Thread(target=self._record)
        self._thread.daemon = True
        self._thread.start()  #! cut-off-while-writing

    def _record(self):
        with open("temperature.csv", mode="a") as out:
            while True:
                print(1, file=out)
                time.sleep(60)
