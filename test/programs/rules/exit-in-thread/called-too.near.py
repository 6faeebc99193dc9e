# Main calls the function as well.
# Findings: none.
import sys
import threading


def check():
    if not sys.argv:
        sys.exit(2)


threading.Thread(target=check).start()
check()
