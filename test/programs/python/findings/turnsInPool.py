# Threads of an executor compute in turns.
# Exit: returned.
# Threads: 3 returned.
# Findings: cpu-bound-threads at (map).
from concurrent.futures import ThreadPoolExecutor


def primes(limit):
    return sum(1 for n in range(2, limit) if all(n % d for d in range(2, int(n**0.5) + 1)))


with ThreadPoolExecutor(3) as pool:
    print(sum(pool.map(primes, [30000] * 6)))  # (map)
