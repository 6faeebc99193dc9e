# Two processes compute.
# Exit: returned.
# Threads: 2 returned.
# Findings: none.
import concurrent.futures
import multiprocessing


def crunch(start):
    total = 0
    for n in range(start, 3000000):
        total += n
    return total


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
        results = list(pool.map(crunch, (0, 1)))
    print(len(results), "results")
