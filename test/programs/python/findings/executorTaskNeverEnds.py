# The task of an executor waits for ever; shutdown(wait=False) does not help.
# Exit: returned.
# Threads [3.8]: 1 main-exit (daemon).
# Threads [3.9+]: 1 main-exit.
# Findings: held-by-thread “fetch_0” at (submit).
import concurrent.futures
import queue
import signal

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 1.6)

inbox = queue.Queue()


def consume():
    while True:
        print("got", inbox.get(), flush=True)


pool = concurrent.futures.ThreadPoolExecutor(2, thread_name_prefix="fetch")
pool.submit(consume)  # (submit)
inbox.put(1)
pool.shutdown(wait=False)
