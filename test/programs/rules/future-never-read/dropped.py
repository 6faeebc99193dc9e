# A task can fail and nobody keeps its Future.
# Findings: future-never-read.
from concurrent.futures import ThreadPoolExecutor


def share(people):
    return 12 // people


with ThreadPoolExecutor() as pool:
    pool.submit(share, 3)  #! future-never-read
