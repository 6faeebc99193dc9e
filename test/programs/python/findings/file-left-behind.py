# A daemon is killed before it has removed its lock file.
# Exit: returned.
# Threads: 1 main-exit (daemon).
# Findings: file-left-behind “updater” at (start).
import os
import threading
import time

held = threading.Event()


def update():
    open("app.lock", "w").close()
    try:
        held.set()
        time.sleep(30)
    finally:
        os.remove("app.lock")


threading.Thread(target=update, name="updater", daemon=True).start()  # (start)
held.wait()
