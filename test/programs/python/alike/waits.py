# Each kind of wait for another thread.
# Tells: wait what "event" name "event" timeout 10 at (event)
# Tells: wait what "condition" name "condition" at (condition)
# Tells: wait what "semaphore" name "semaphore" at (semaphore)
# Tells: wait what "barrier" name "barrier" at (barrier)
# Tells: wait what "queue-get" name "items" items 0 at (get)
# Tells: wait what "queue-put" name "full" items 1 at (put)
# Tells: wait what "queue-join" name "jobs" items 1 unfinished 1 at (jobs)
# Tells: wait what "future" at (future)
# Tells: wait what "executor-shutdown" at (shutdown)
# Tells: wait what "join" whom 1 timeout 10 at (timed)
# Tells: waited outcome "timed-out"
# Tells: waited outcome "done"
# Never: waited outcome "error"
# Never: probe-error
import concurrent.futures
import queue
import threading
import time

event, condition, semaphore = threading.Event(), threading.Condition(), threading.Semaphore(0)
barrier, items, full = threading.Barrier(2), queue.Queue(), queue.Queue(1)
jobs = queue.Queue()
gate = threading.Event()


def later(call, *args):
    thread = threading.Thread(target=lambda: (time.sleep(0.03), call(*args)))
    thread.start()
    return thread


def notify():
    with condition:
        condition.notify()


slow = threading.Thread(target=gate.wait)
slow.start()
slow.join(0.01)  # (timed)
event.wait(0.01)  # (event)
gate.set()
with condition:
    later(notify)
    condition.wait()  # (condition)
later(semaphore.release)
semaphore.acquire()  # (semaphore)
later(barrier.wait)
barrier.wait()  # (barrier)
later(items.put, 1)
items.get()  # (get)
full.put(1)
later(full.get)
full.put(2)  # (put)
jobs.put(1)
later(jobs.task_done)
jobs.join()  # (jobs)
pool = concurrent.futures.ThreadPoolExecutor(1)
pool.submit(time.sleep, 0.03).result()  # (future)
pool.submit(time.sleep, 0.03)
pool.shutdown()  # (shutdown)
