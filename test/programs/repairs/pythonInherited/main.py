# A job is a daemon because a daemon starts it.
# Change: inherited-daemon in main.py: Pass daemon=False.
# After: exit code 0, and "saved"
import threading
import time


def backup():
    time.sleep(0.3)
    with open("out.log", "w") as out:
        out.write("saved")


def schedule():
    threading.Thread(target=backup, name="backup").start()


scheduler = threading.Thread(target=schedule, daemon=True)
scheduler.start()
scheduler.join()
