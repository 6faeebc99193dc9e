# A task waits for another one of its pool, which has a thread left for that; a watchdog is there as well.
# Exit: exit-call.
# Threads [3.8]: 1 exit-call (daemon), 2 main-exit (daemon).
# Threads [3.9+]: 1 exit-call (daemon), 2 main-exit.
# Findings [3.9+]: abrupt-exit at (leave).
import concurrent.futures
import os
import threading
import time

pool = concurrent.futures.ThreadPoolExecutor(2, thread_name_prefix="pool")


def outer():
    return pool.submit(time.sleep, 5).result()


def watch():
    time.sleep(2)
    os._exit(0)  # (leave)


threading.Thread(target=watch, name="watchdog", daemon=True).start()
print(pool.submit(outer).result())
