# A thread that cannot be started: the error is the same, with the same frames.
# Tells: start-failed name "t" message "can't start new thread" at (start)
# Never: probe-error
import resource
import sys
import threading
import traceback

held = threading.Event()
resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))
threading.stack_size(256 << 20)
for n in range(3):
    try:
        threading.Thread(target=held.wait, daemon=True, name="t").start()  # (start)
    except RuntimeError:
        traceback.print_exc(file=sys.stdout)
        break
print(threading.active_count(), threading.enumerate()[0].name)
held.set()
