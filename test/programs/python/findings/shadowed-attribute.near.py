# The attribute has another name.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import threading


class Watchdog(threading.Thread):
    def __init__(self):
        super().__init__(name="watchdog")
        self.finished = threading.Event()

    def run(self):
        while not self.finished.wait(0.05):
            pass

    def finish(self):
        self.finished.set()


watchdog = Watchdog()
watchdog.start()
watchdog.finish()
watchdog.join()
print("clean end")
