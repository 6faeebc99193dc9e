# The call returns the function that is meant, and a started thread may be asked again.
# Findings: none.
import threading


def worker(n):
    def work():
        print(n)

    return work


threading.Thread(target=worker(3)).start()
thread = threading.Thread(target=print)
thread.start()
