# Main ends by sys.exit() in a function, after one that was caught.
# Tells: exiting tid 0 cause "exit-call" code 4 at (leaves)
# Tells: exited code 4
# Never: probe-error
import sys
import threading

try:
    sys.exit(1)
except SystemExit:
    pass


def leave():
    sys.exit(4)  # (leaves)


threading.Thread(target=print, args=("in a thread",)).start()
leave()
