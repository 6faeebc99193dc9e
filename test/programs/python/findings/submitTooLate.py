# A thread gives an executor a task when main’s code is over.
# Exit: returned.
# Threads [3.8]: 2 returned.
# Threads [3.9+]: 1 error.
# Findings [3.8]: none.
# Findings [3.9+]: started-too-late “server” at (submit).
import concurrent.futures
import threading
import time

pool = concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="job")


def job():
    with open("job.txt", "w") as out:
        out.write("ran\n")


def serve():
    time.sleep(0.5)
    pool.submit(job).result()  # (submit)


threading.Thread(target=serve, name="server").start()
print("main is done", flush=True)
