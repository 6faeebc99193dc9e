# A task of an executor fails, and nobody asks for its result.
# Exit: returned.
# Threads: 1 returned.
# Findings: future-never-read at (submit).
import concurrent.futures


def share(people):
    part = 12 // people
    with open("shares.txt", "a") as out:
        out.write("%d\n" % part)


with concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="job") as pool:
    for people in (3, 0, 4):
        pool.submit(share, people)  # (submit)
print("finished successfully")
