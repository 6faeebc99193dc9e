# Between the start and the assignment there is a condition, which may depend on the thread.
# Change: daemon-set-too-late in main.py: none.
import threading

poller = threading.Thread(target=print)
poller.start()
if poller.is_alive() or not poller.is_alive():
    poller.daemon = True
