# It ends a child that was forked, which has no threads but one.
# Findings: none.
import os
import threading


def audit():
    print("audit")


thread = threading.Thread(target=audit)
thread.start()
if os.fork() == 0:
    os._exit(0)
