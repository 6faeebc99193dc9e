# A job that a daemon starts is a daemon too.
# Findings: inherited-daemon.
import os
import threading


def backup():
    with open("backup.tmp", "w") as out:
        out.write("bytes")
    os.rename("backup.tmp", "backup.db")


def schedule():
    job = threading.Thread(target=backup, name="backup")  #! inherited-daemon
    job.start()


threading.Thread(target=schedule, daemon=True).start()
