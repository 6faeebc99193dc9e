# Main waits for a thread in an empty loop.
# Exit: returned.
# Threads: 1 returned.
# Findings: busy-wait “main” at (loop).
import threading
import time


def load():
    time.sleep(1.0)


loader = threading.Thread(target=load, name="loader")
loader.start()
while loader.is_alive():  # (loop)
    pass
print("loaded")
