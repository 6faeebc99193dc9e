# What a thread, a wait and an exit handler see on the stack.
# Never: probe-error
import atexit
import sys
import threading
import traceback


def stack():
    frame, names = sys._getframe(1), []
    while frame:
        names.append((frame.f_code.co_name, frame.f_code.co_filename.rpartition("/")[2]))
        frame = frame.f_back
    return names


class Own(threading.Thread):
    def run(self):
        print(stack())
        traceback.print_stack(file=sys.stdout)


thread = Own()
thread.start()
thread.join()
condition = threading.Condition()
with condition:
    condition.wait_for(lambda: print(stack()) or True)
try:
    condition.wait()
except RuntimeError:
    traceback.print_exc(file=sys.stdout)
try:
    thread.start()
except RuntimeError:
    traceback.print_exc(file=sys.stdout)
try:
    thread.daemon = True
except RuntimeError:
    traceback.print_exc(file=sys.stdout)
try:
    threading.Thread(wrong=1)
except TypeError:
    traceback.print_exc(file=sys.stdout)
try:
    threading.current_thread().join()
except RuntimeError:
    traceback.print_exc(file=sys.stdout)
try:
    sys.exit(3)
except SystemExit:
    traceback.print_exc(file=sys.stdout)
try:
    sys.exit(3, 4)
except TypeError:
    traceback.print_exc(file=sys.stdout)
atexit.register(lambda: print(stack()))
