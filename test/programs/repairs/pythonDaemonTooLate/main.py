# A thread is made a daemon after its start, which raises an error.
# Change: daemon-set-too-late in main.py: Set it before start().
# After: exit code 0, and "polled\n"
import threading


def poll():
    print("polled")


def main():
    poller = threading.Thread(target=poll)
    poller.start()
    poller.daemon = True
    poller.join()


main()
