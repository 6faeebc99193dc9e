# A task waits for another one of an executor with one thread.
# Findings: deadlock.
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(max_workers=1)


def inner():
    return 1


def outer():
    return pool.submit(inner).result()  #! deadlock


print(pool.submit(outer).result())
