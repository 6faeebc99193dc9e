# A daemon would remove its lock file in a block that does not run.
# Findings: file-left-behind.
import os
import threading
import time


def update():
    open("app.lock", "w").close()
    try:
        time.sleep(5)
    finally:
        os.remove("app.lock")


threading.Thread(target=update, daemon=True).start()  #! file-left-behind
