# It gives it back however it ends.
# Exit: returned.
# Threads: 2 returned.
# Findings: none.
import threading

slots = threading.Semaphore(1)


def run(job):
    with slots:
        if job == 0:
            return


first, second = [threading.Thread(target=run, args=(n,), name="job-%d" % n) for n in range(2)]
first.start()
first.join()
second.start()
second.join()
