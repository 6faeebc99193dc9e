# Main ends by sys.exit() in a function, after one that was caught.
import sys
import threading

try:
    sys.exit(1)
except SystemExit:
    pass


def leave():
    sys.exit(4)


threading.Thread(target=print, args=("in a thread",)).start()
leave()
