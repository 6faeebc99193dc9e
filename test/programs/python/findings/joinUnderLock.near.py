# Main gives the lock back before.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import threading
import time

lock = threading.Lock()
stop = threading.Event()


def refresh():
    while not stop.wait(0.05):
        with lock:
            print("redraw", flush=True)


thread = threading.Thread(target=refresh, name="refresh")
thread.start()
with lock:
    time.sleep(0.3)
    stop.set()
thread.join()
print("stopped")
