# Processes by fork, by multiprocessing in each way, and by subprocess; with threads in them.
# Tells: exiting tid 0 cause "exit-call" code 6 at (child)
# Tells: exiting tid 0 cause "exit-call" code 7 at (failing)
# Tells: exiting tid 0 cause "returned"
# Tells: thread-start madeBy "multiprocessing-pool"
# Never: probe-error
import multiprocessing
import os
import subprocess
import sys
import threading


def work(n, results):
    thread = threading.Thread(target=results.put, args=(n * n,))
    thread.start()
    thread.join()


def fail():
    sys.exit(7)  # (failing)


if __name__ == "__main__":
    pid = os.fork()
    if pid == 0:
        threading.Thread(target=print, args=("in the child",)).start()
        sys.exit(6)  # (child)
    print(os.waitpid(pid, 0)[1] >> 8, flush=True)
    for way in ("fork", "spawn", "forkserver"):
        context = multiprocessing.get_context(way)
        results = context.Queue()
        child = context.Process(target=work, args=(3, results))
        child.start()
        print(way, results.get(), flush=True)
        child.join()
        failing = context.Process(target=fail)
        failing.start()
        failing.join()
        print(child.exitcode, failing.exitcode, flush=True)
    print(subprocess.run([sys.executable, "-c", "import threading; print(threading.active_count())"]).returncode)
    with multiprocessing.Pool(2) as pool:
        print(pool.map(abs, [-1, 2, -3]))
