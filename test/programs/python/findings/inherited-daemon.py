# A daemon starts a job, which is a daemon too for that reason and is killed at its work.
# Exit: returned.
# Threads: 1 main-exit (daemon), 1 returned.
# Findings: inherited-daemon “backup” at (made).
import os
import threading
import time

copied = threading.Event()


def backup():
    with open("backup.tmp", "w") as out:
        out.write("bytes\n")
    copied.set()
    time.sleep(1.0)
    os.rename("backup.tmp", "backup.db")


def schedule():
    job = threading.Thread(target=backup, name="backup")  # (made)
    job.start()


scheduler = threading.Thread(target=schedule, name="scheduler", daemon=True)
scheduler.start()
scheduler.join()
copied.wait()
print("scheduled jobs are running")
