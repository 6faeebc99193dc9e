# Main and a thread end by errors; what is printed of both has only the program's own frames.
import sys
import threading
import traceback


def fail(depth):
    if depth:
        fail(depth - 1)
    raise ValueError("in a thread")


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
{}["no key"]
