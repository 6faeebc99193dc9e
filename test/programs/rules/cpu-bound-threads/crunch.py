# Threads and tasks that only compute.
# Findings: cpu-bound-threads.
import threading
from concurrent.futures import ThreadPoolExecutor


def crunch():
    total = 0
    for n in range(3_000_000):
        total += n
    return total


def primes(limit):
    return sum(1 for n in range(2, limit) if all(n % d for d in range(2, n)))


threads = [threading.Thread(target=crunch) for _ in range(4)]
for thread in threads:
    thread.start()  #! cpu-bound-threads
with ThreadPoolExecutor() as pool:
    print(list(pool.map(primes, [30000] * 4)))  #! cpu-bound-threads
