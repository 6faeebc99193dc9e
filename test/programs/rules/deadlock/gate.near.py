# A third lock lets one at a time take both.
# Findings: none.
import threading

gate, first, second = threading.Lock(), threading.Lock(), threading.Lock()


def read():
    with gate, first, second:
        print("read")


def write():
    with gate, second, first:
        print("written")


threading.Thread(target=read).start()
threading.Thread(target=write).start()
