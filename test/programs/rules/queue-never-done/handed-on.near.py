# Others read it.
# Findings: none.
import queue
import threading

from readers import read

jobs = queue.Queue()
threading.Thread(target=read, args=(jobs,), daemon=True).start()
jobs.put(1)
jobs.join()
