# Main raises SystemExit itself, after a sys.exit() that it caught.
# Exit: exit-call, code 3.
# Threads: 1 returned.
# Findings: none.
import sys
import threading

thread = threading.Thread(target=print, args=("in a thread",))
thread.start()
thread.join()
try:
    sys.exit(1)
except SystemExit:
    raise SystemExit(3)
