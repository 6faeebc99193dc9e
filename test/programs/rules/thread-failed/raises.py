# The function always raises an error.
# Findings: thread-failed.
import threading


def fail():
    print("no")
    raise ValueError("always")


threading.Thread(target=fail).start()  #! thread-failed
