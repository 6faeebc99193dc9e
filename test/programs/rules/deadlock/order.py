# Two threads take two locks in opposite order.
# Findings: deadlock.
import threading

first, second = threading.Lock(), threading.Lock()


def read():
    with first, second:  #! deadlock
        print("read")


def write():
    with second:
        with first:
            print("written")


threading.Thread(target=read).start()
threading.Thread(target=write).start()
