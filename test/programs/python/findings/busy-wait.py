# Main waits for a thread in an empty loop. Nothing is found: that it computes in vain is not to be seen.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import threading
import time


def load():
    time.sleep(1.0)


loader = threading.Thread(target=load, name="loader")
loader.start()
while loader.is_alive():
    pass
print("loaded")
