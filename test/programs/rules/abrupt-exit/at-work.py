# os._exit() while a thread is at work.
# Findings: abrupt-exit.
import os
import threading


def audit():
    with open("audit.log", "w") as out:
        while True:
            out.write("entry")


def main():
    threading.Thread(target=audit).start()
    os._exit(3)  #! abrupt-exit


main()
