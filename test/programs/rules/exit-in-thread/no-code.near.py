# It ends the thread, and means to.
# Findings: none.
import sys
import threading


def check():
    if not sys.argv:
        sys.exit()
    try:
        sys.exit(1)
    except SystemExit:
        print("caught")


threading.Thread(target=check).start()
