# Main waits with join().
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import threading
import time


def load():
    time.sleep(1.0)


loader = threading.Thread(target=load, name="loader")
loader.start()
loader.join()
print("loaded")
