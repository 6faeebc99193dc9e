# Somebody asks.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import concurrent.futures


def share(people):
    part = 12 // people
    with open("shares.txt", "a") as out:
        out.write("%d\n" % part)


with concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="job") as pool:
    futures = [pool.submit(share, people) for people in (3, 0, 4)]
for future in concurrent.futures.as_completed(futures):
    if future.exception():
        print("failed:", type(future.exception()).__name__)
