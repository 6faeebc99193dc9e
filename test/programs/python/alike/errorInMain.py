# Main and a thread end by errors; what is printed of both has only the program's own frames.
# Tells: thread-error id 0 name "KeyError" message "'no key'" at (error)
# Tells: exiting tid 0 cause "error" code 1 at (error)
# Tells: thread-error id 1 name "ValueError" at (fails)
# Never: probe-error
import sys
import threading
import traceback


def fail(depth):
    if depth:
        fail(depth - 1)
    raise ValueError("in a thread")  # (fails)


def show(args):
    print("hook", args.exc_type.__name__, args.exc_value, args.thread.name)
    traceback.print_tb(args.exc_traceback, file=sys.stdout)


thread = threading.Thread(target=fail, args=(2,), name="failing")
thread.start()
thread.join()
threading.excepthook = show
again = threading.Thread(target=fail, args=(1,), name="hooked")
again.start()
again.join()
{}["no key"]  # (error)
