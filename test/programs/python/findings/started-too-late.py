# An atexit callback starts a thread, for which nobody waits any more up to 3.14.
# Exit: returned.
# Threads [3.8-3.11,3.13-3.14]: 1 main-exit.
# Threads [3.12]: none.
# Threads [3.15+]: 1 returned.
# Findings [3.8-3.11,3.13-3.14]: started-too-late “flusher” at (start).
# Findings [3.12]: started-too-late at (start).
import atexit
import threading
import time


def send():
    time.sleep(0.3)
    with open("sent.txt", "w") as out:
        out.write("events\n")


def flush():
    threading.Thread(target=send, name="flusher").start()  # (start)


atexit.register(flush)
print("bye")
