# Two threads compute in turns.
# Exit: returned.
# Threads: 2 returned.
# Findings: cpu-bound-threads at (start).
import threading

results = []


def crunch():
    total = 0
    for n in range(3000000):
        total += n
    results.append(total)


threads = [threading.Thread(target=crunch, name="crunch-%d" % n) for n in range(2)]
for thread in threads:
    thread.start()  # (start)
for thread in threads:
    thread.join()
print(len(results), "results")
