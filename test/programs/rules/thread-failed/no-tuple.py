# The arguments are no tuple.
# Findings: thread-failed.
import threading


def work(n):
    print(n)


threading.Thread(target=work, args=(5)).start()  #! thread-failed
threading.Thread(target=work, args=("five")).start()  #! thread-failed
