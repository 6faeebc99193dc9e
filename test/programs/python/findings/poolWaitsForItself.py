# Tasks wait for other tasks of the same full pool, until a watchdog ends the process.
# Exit: exit-call, code 70.
# Threads [3.8]: 1 exit-call (daemon), 2 main-exit (daemon).
# Threads [3.9+]: 1 exit-call (daemon), 2 main-exit.
# Findings: deadlock “pool_0” at (inner).
# Findings [3.9+]: abrupt-exit at (leave).
import concurrent.futures
import os
import threading
import time

pool = concurrent.futures.ThreadPoolExecutor(2, thread_name_prefix="pool")
both = threading.Barrier(2)


def outer():
    both.wait()
    return pool.submit(time.monotonic).result()  # (inner)


def watch():
    time.sleep(2)
    print("it does not go on", flush=True)
    os._exit(70)  # (leave)


threading.Thread(target=watch, name="watchdog", daemon=True).start()
tasks = [pool.submit(outer) for _ in range(2)]
print(tasks[0].result())
