# Since 3.15 Python waits for a thread that an exit handler has started, until Ctrl-C breaks that off.
# Exit: returned.
# Threads [3.8-3.11,3.13+]: 1 main-exit.
# Threads [3.12]: none.
# Findings [3.8-3.11,3.13-3.14]: started-too-late “flusher” at (start).
# Findings [3.12]: started-too-late at (start).
# Findings [3.15+]: held-by-thread “flusher” at (start).
import atexit
import signal
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
never = threading.Event()


def flush():
    signal.setitimer(signal.ITIMER_REAL, 1.6)
    threading.Thread(target=never.wait, name="flusher").start()  # (start)


atexit.register(flush)
