# Main waits for that thread.
# Exit: returned.
# Threads: 2 returned.
# Findings: none.
import concurrent.futures
import threading
import time

pool = concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="job")


def job():
    with open("job.txt", "w") as out:
        out.write("ran\n")


def serve():
    time.sleep(0.2)
    pool.submit(job).result()


server = threading.Thread(target=serve, name="server")
server.start()
server.join()
pool.shutdown()
print("main is done")
