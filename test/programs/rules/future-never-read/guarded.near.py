# The task deals with its errors, or the Future is kept.
# Findings: none.
import logging
from concurrent.futures import ThreadPoolExecutor


def share(people):
    try:
        return 12 // people
    except Exception:
        logging.exception("share")


def other(people):
    return 12 // people


with ThreadPoolExecutor() as pool:
    pool.submit(share, 3)
    future = pool.submit(other, 3)
print(future.result())
