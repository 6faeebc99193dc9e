# Two threads take two locks in opposite order.
# Exit: error, code 130.
# Threads: 2 main-exit.
# Findings: deadlock “a-to-b” at (wait).
import signal
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6, 0.5)

account_a, account_b = threading.Lock(), threading.Lock()
both = threading.Barrier(2)


def move(source, target):
    with source:
        both.wait()
        with target:  # (wait)
            print("moved")


threads = [threading.Thread(target=move, args=(account_a, account_b), name="a-to-b"),
           threading.Thread(target=move, args=(account_b, account_a), name="b-to-a")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
