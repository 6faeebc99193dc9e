# Ctrl+C while main waits for a thread, which up to 3.12 is forgotten and killed.
# Exit: error, code 130.
# Threads [3.8,3.13+]: 1 returned.
# Threads [3.9-3.12]: 1 main-exit.
# Findings [3.8,3.13+]: none.
# Findings [3.9-3.12]: join-interrupted “saver” at (join).
import signal
import threading
import time

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 0.5)


def save():
    time.sleep(6)


saver = threading.Thread(target=save, name="saver")
saver.start()
saver.join()  # (join)
