# Main waits for it.
# Findings: none.
import os
import threading
import time


def update():
    open("app.lock", "w").close()
    try:
        time.sleep(5)
    finally:
        os.remove("app.lock")


updater = threading.Thread(target=update, daemon=True)
updater.start()
updater.join()
