# The daemon is told to end.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import threading

stop = threading.Event()


def watch():
    while not stop.wait(0.05):
        pass


watcher = threading.Thread(target=watch, name="watcher", daemon=True)
watcher.start()
stop.set()
watcher.join()
print("main is done")
