# The last one is cancelled.
# Exit: returned.
# Threads: 2 returned.
# Findings: none.
import threading
import time

guard = threading.Lock()
state = {"timer": None, "stopped": False}


def refresh():
    with guard:
        if state["stopped"]:
            return
        state["timer"] = timer = threading.Timer(0.3, refresh)
        timer.name = "refresh"
        timer.start()


refresh()
time.sleep(0.5)
with guard:
    state["stopped"] = True
    state["timer"].cancel()
state["timer"].join()
print("sync complete")
