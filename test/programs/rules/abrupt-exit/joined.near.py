# The thread was waited for.
# Findings: none.
import os
import threading

thread = threading.Thread(target=print)
thread.start()
thread.join()
os._exit(0)
