# Jobs at intervals, in a pool of threads.
# Threads: 2
# Findings: none
import threading

from apscheduler.schedulers.background import BackgroundScheduler

done = threading.Semaphore(0)
scheduler = BackgroundScheduler(timezone="UTC")
scheduler.add_job(done.release, "interval", seconds=0.05)
scheduler.start()
for _ in range(2):
    done.acquire()
scheduler.shutdown()
print("done", scheduler.running)
