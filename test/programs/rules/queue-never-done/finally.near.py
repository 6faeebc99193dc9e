# It is done in each case.
# Findings: none.
import queue
import threading

jobs = queue.Queue()


def work():
    while True:
        try:
            job = jobs.get(timeout=1)
        except queue.Empty:
            continue
        try:
            if job == 3:
                continue
            print(job)
        finally:
            jobs.task_done()


threading.Thread(target=work, daemon=True).start()
jobs.put(1)
jobs.join()
