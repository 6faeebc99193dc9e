# The child of a fork asks for a lock that a thread of its parent holds then, until that is broken off.
# Tells: process-start beside "writer"
# Tells: wait what "lock" name "lock" at (asks)
# Tells: thread-error name "KeyboardInterrupt"
# Never: probe-error
import os
import signal
import sys
import threading
import warnings

warnings.simplefilter("ignore")  # from 3.12 on Python warns, with the pid
lock = threading.Lock()
held, over = threading.Event(), threading.Event()


def write():
    with lock:
        held.set()
        over.wait()


writer = threading.Thread(target=write, name="writer")
writer.start()
held.wait()
pid = os.fork()
if pid == 0:
    sys.stderr = open(os.devnull, "w")  # its traceback
    signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    with lock:  # (asks)
        print("the child has it", flush=True)
else:
    status = os.waitpid(pid, 0)[1]
    print("ended by", status & 0x7F, "with", status >> 8, flush=True)
    over.set()
