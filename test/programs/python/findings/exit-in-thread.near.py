# The thread hands on its result, and main exits.
# Exit: exit-call, code 2.
# Threads: 1 returned.
# Findings: none.
import os
import sys
import threading

problems = []


def check():
    if not os.path.exists("license.key"):
        problems.append("no licence")


checker = threading.Thread(target=check, name="checker")
checker.start()
checker.join()
if problems:
    sys.exit(2)
with open("result.txt", "w") as out:
    out.write("checked\n")
