# While main waits for a thread, who waits for a lock is told, with who has it; and that it does not any more.
# Tells: wait tid 2 what "lock" name "lock" holder 1 at (asks) heldAt (held)
# Tells: waited tid 2 outcome "done"
# Never: probe-error
import signal
import sys
import threading
import time
import traceback
import weakref

lock = threading.Lock()
taken = threading.Event()


class Watched:
    pass


def hold():
    with lock:  # (held)
        taken.set()
        time.sleep(2.5)


def ask():
    watched = Watched()
    gone.append(weakref.ref(watched))
    with lock:  # (asks)
        watched = None
        print(gone[0]() is None, flush=True)
    time.sleep(0.8)  # until somebody has seen that


def alarm(number, frame):
    print("".join(traceback.format_stack(frame)), sys.getswitchinterval(), flush=True)
    raise TimeoutError("from outside")



gone = []
signal.signal(signal.SIGALRM, alarm)
threads = [threading.Thread(target=hold), threading.Thread(target=ask)]
threads[0].start()
taken.wait()
threads[1].start()
signal.setitimer(signal.ITIMER_REAL, 1.8)
try:
    threading.Event().wait()
except TimeoutError:
    traceback.print_exc()
signal.setitimer(signal.ITIMER_REAL, 0)
for thread in threads:
    thread.join()
