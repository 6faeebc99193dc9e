# Each Timer starts the next one, also when main’s code is over.
# Exit: returned.
# Threads [3.8-3.11,3.13+]: 1 main-exit, 6 returned.
# Threads [3.12]: 1 error, 1 returned.
# Findings: timer-rearmed “refresh” at (start).
import os
import signal
import threading
import time

calls = 0


def refresh():
    global calls
    calls += 1
    if calls == 8:
        os.kill(os.getpid(), signal.SIGINT)  # somebody's Ctrl-C
        time.sleep(60)
    timer = threading.Timer(0.3, refresh)
    timer.name = "refresh"
    timer.start()  # (start)


refresh()
time.sleep(0.5)
