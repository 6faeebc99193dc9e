# A thread is to be made a daemon after its start.
# Findings: daemon-set-too-late.
import threading


def poll():
    print("poll")


poller = threading.Thread(target=poll)
poller.start()
poller.daemon = True  #! daemon-set-too-late
