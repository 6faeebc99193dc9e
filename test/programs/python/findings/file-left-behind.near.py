# A daemon is killed before its block has run, which would have removed a file that is not there.
# Exit: returned.
# Threads: 1 main-exit (daemon).
# Findings: none.
import os
import threading
import time

held = threading.Event()


def update():
    try:
        held.set()
        time.sleep(30)
    finally:
        if os.path.exists("app.lock"):
            os.remove("app.lock")


threading.Thread(target=update, name="updater", daemon=True).start()
held.wait()
