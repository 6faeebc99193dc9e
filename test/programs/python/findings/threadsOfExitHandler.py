# An atexit callback starts threads: a daemon that writes a file, and two for which Python waits again since 3.15.
# Exit: returned.
# Threads [3.8-3.11,3.13-3.14]: 1 main-exit (daemon), 2 main-exit.
# Threads [3.12]: none.
# Threads [3.15+]: 1 main-exit (daemon), 2 returned.
# Findings [3.8-3.11,3.13+]: cut-off-while-writing “half” at (daemon).
# Findings [3.8-3.11,3.13-3.14]: started-too-late “first” at (lasting).
# Findings [3.12]: started-too-late at (daemon).
import atexit
import threading
import time

begun = threading.Event()


def write():
    with open("half.txt", "w") as out:
        out.write("half")
        begun.set()
        time.sleep(30)


def flush():
    threading.Thread(target=write, name="half", daemon=True).start()  # (daemon)
    begun.wait()
    for name in ("first", "second"):
        threading.Thread(target=time.sleep, args=(0.5,), name=name).start()  # (lasting)


atexit.register(flush)
