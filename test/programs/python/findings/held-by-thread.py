# A thread that a daemon started waits for requests for ever, and the process for that thread.
# Exit: returned.
# Threads: 1 main-exit, 1 main-exit (daemon).
# Findings: held-by-thread “session” at (start).
import queue
import signal
import threading
import time

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6)

served = threading.Event()
requests = queue.Queue()


def serve():
    served.set()
    while True:
        requests.get()


def listen():
    session = threading.Thread(target=serve, name="session", daemon=False)
    session.start()  # (start)
    while True:
        time.sleep(0.1)


threading.Thread(target=listen, name="listener", daemon=True).start()
served.wait()
print("main is done", flush=True)
