# Main calls the function as well: what makes the job is not known.
# Findings: none.
import os
import threading


def backup():
    os.rename("backup.tmp", "backup.db")


def schedule():
    threading.Thread(target=backup).start()


threading.Thread(target=schedule, daemon=True).start()
schedule()
