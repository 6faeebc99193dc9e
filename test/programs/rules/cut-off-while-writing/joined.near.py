# Somebody waits for it when the object is closed.
# Findings: none.
import queue
import threading


class Recorder:
    def __init__(self):
        self._lines = queue.Queue()
        self._thread = threading.Thread(target=self._record, daemon=True)
        self._thread.start()

    def _record(self):
        with open("out.log", "w") as out:
            while True:
                out.write(self._lines.get())

    def close(self):
        self._thread.join(timeout=5)
