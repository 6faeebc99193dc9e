# The job is made with daemon=False.
# Exit: returned.
# Threads: 2 returned.
# Findings: none.
import os
import threading
import time

jobs = []


def backup():
    with open("backup.tmp", "w") as out:
        out.write("bytes\n")
    time.sleep(0.2)
    os.rename("backup.tmp", "backup.db")


def schedule():
    job = threading.Thread(target=backup, name="backup", daemon=False)
    job.start()
    jobs.append(job)


scheduler = threading.Thread(target=schedule, name="scheduler", daemon=True)
scheduler.start()
scheduler.join()
for job in jobs:
    job.join()
print("all jobs are done")
