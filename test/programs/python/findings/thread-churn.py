# A thread for each of two hundred requests.
# Exit: returned.
# Threads: 200 returned.
# Findings: thread-churn at (start).
import threading
import time

answers = []
peak = 0


def handle(n):
    time.sleep(0.8)
    answers.append(n * n)


threads = []
for n in range(200):
    thread = threading.Thread(target=handle, args=(n,), name="request-%d" % n)
    thread.start()  # (start)
    threads.append(thread)
    peak = max(peak, threading.active_count())
for thread in threads:
    thread.join()
print(len(answers), "answers, peak", peak)
