# It is said to be a daemon, so it is meant.
# Findings: none.
import os
import threading


def backup():
    os.rename("backup.tmp", "backup.db")


def schedule():
    threading.Thread(target=backup, daemon=True).start()


threading.Thread(target=schedule, daemon=True).start()
