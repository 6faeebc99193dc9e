# A reader leaves some items out, or all.
# Findings: queue-never-done.
import queue
import threading

jobs = queue.Queue()
others = queue.Queue()


def work():
    while True:
        job = jobs.get()
        if job == 3:
            continue  #! queue-never-done
        print(job)
        jobs.task_done()


def read():
    while True:
        print(others.get())


threading.Thread(target=work, daemon=True).start()
threading.Thread(target=read, daemon=True).start()
jobs.put(1)
others.put(1)
jobs.join()
others.join()  #! queue-never-done
