# An executor takes them.
# Exit: returned.
# Threads: 8 returned.
# Findings: none.
import concurrent.futures
import time


def handle(n):
    time.sleep(0.01)
    return n * n


with concurrent.futures.ThreadPoolExecutor(8, thread_name_prefix="request") as pool:
    answers = list(pool.map(handle, range(200)))
print(len(answers), "answers")
