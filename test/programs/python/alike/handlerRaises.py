# What a signal handler raises while the probe is at work reaches the program, and what could not start then can start later.
# Tells: thread-start name "later"
# Never: thread-start name "first"
# Never: probe-error
import os
import pickle
import signal
import sys
import threading

sent = []


class Alarm(Exception):
    pass


def alarm(number, frame):
    raise Alarm


def trace(frame, event, arg):
    """As if the signal came right there."""
    if frame.f_code.co_name == where and not sent:
        sent.append(os.kill(os.getpid(), signal.SIGALRM))


where = "describe" if "THREAD_LIFELINES_SPOOL" in os.environ else "start"
signal.signal(signal.SIGALRM, alarm)
sys.settrace(trace)
try:
    threading.Thread(target=print, args=("started",), name="first").start()
except Alarm:
    print("raised", len(sent))
sys.settrace(None)
running = threading.Event()
thread = threading.Thread(target=running.wait, name="later")
thread.start()
for name in ("_tstate_lock", "_handle"):
    try:
        pickle.dumps(getattr(thread, name))
    except AttributeError:
        pass
    except TypeError as error:
        print(error)
running.set()
