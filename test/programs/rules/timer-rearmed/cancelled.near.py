# It can be cancelled, and another one is a daemon.
# Findings: none.
import threading


class Clock:
    def tick(self):
        self._timer = threading.Timer(1, self.tick)
        self._timer.start()

    def stop(self):
        self._timer.cancel()


def refresh():
    timer = threading.Timer(0.3, refresh)
    timer.daemon = True
    timer.start()


def limited(n):
    if n == 0:
        return
    threading.Timer(0.3, limited, (n - 1,)).start()


refresh()
limited(3)
