# sys.exit() in the function of a thread.
# Findings: exit-in-thread.
import sys
import threading


def check():
    if not sys.argv:
        sys.exit("no licence")  #! exit-in-thread
    raise SystemExit(2)  #! exit-in-thread


threading.Thread(target=check).start()
