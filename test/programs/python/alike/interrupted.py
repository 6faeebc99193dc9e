# A signal handler comes into a wait, waits itself and raises.
# Never: probe-error
import os
import signal
import threading
import traceback
import sys


class Stop(Exception):
    pass


def handler(number, frame):
    threading.Event().wait(0.01)
    raise Stop


signal.signal(signal.SIGALRM, handler)
for wait in (threading.Event().wait, threading.Condition(threading.Lock()).wait, threading.Thread.join):
    sleeper = threading.Thread(target=threading.Event().wait, args=(0.5,))
    sleeper.start()
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        if wait is threading.Thread.join:
            sleeper.join()
        elif hasattr(wait.__self__, "acquire"):
            with wait.__self__:
                wait()
        else:
            wait()
    except Stop:
        traceback.print_exc(file=sys.stdout)
    print(threading.active_count())
