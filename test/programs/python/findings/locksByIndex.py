# Three threads each take a lock of a list and then the next one.
# Exit: returned.
# Threads: 3 main-exit.
# Findings: deadlock “eater-0” at (wait).
import signal
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6, 0.5)

forks = [threading.Lock() for _ in range(3)]
seated = threading.Barrier(3)


def eat(n):
    with forks[n]:
        seated.wait()
        with forks[(n + 1) % len(forks)]:  # (wait)
            print("never")


for n in range(3):
    threading.Thread(target=eat, args=(n,), name="eater-%d" % n).start()
