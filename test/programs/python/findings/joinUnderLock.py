# Main waits for a thread and holds the lock that this thread waits for.
# Exit: error, code 130.
# Threads: 1 main-exit.
# Findings: deadlock “main” at (wait).
import signal
import threading
import time

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6, 0.5)

lock = threading.Lock()
stop = threading.Event()


def refresh():
    while not stop.wait(0.05):
        with lock:
            print("redraw", flush=True)


thread = threading.Thread(target=refresh, name="refresh")
thread.start()
lock.acquire()
time.sleep(0.3)
stop.set()
thread.join()  # (wait)
lock.release()
print("stopped")
