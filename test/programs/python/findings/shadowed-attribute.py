# A thread has an attribute _stop, which hides a method of Thread’s own until 3.12.
# Exit [3.8-3.12]: error, code 1.
# Exit [3.13+]: returned.
# Threads: 1 returned.
# Findings [3.8-3.12]: shadowed-attribute “main” at (made).
# Findings [3.13+]: shadowed-attribute “watchdog” at (made).
import threading


class Watchdog(threading.Thread):
    def __init__(self):
        super().__init__(name="watchdog")
        self._stop = threading.Event()  # (made)

    def run(self):
        while not self._stop.wait(0.05):
            pass

    def finish(self):
        self._stop.set()


watchdog = Watchdog()
watchdog.start()
watchdog.finish()
watchdog.join()
print("clean end")
