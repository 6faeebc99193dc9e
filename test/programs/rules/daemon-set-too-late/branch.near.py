# The start is in another branch.
# Findings: none.
import threading


def begin(now):
    thread = threading.Thread(target=print)
    if now:
        thread.start()
    else:
        thread.daemon = True
        thread.start()
