# sys.exit() in a thread ends only that thread.
# Exit: returned.
# Threads: 1 exit-call.
# Findings: exit-in-thread “checker” at (exit).
import os
import sys
import threading


def check():
    if not os.path.exists("license.key"):
        sys.exit(2)  # (exit)


checker = threading.Thread(target=check, name="checker")
checker.start()
checker.join()
with open("result.txt", "w") as out:
    out.write("went on unchecked\n")
