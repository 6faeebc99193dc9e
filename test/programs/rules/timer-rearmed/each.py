# Each Timer starts the next.
# Findings: timer-rearmed.
import threading


def refresh():
    print("refreshed")
    threading.Timer(0.3, refresh).start()  #! timer-rearmed


refresh()
