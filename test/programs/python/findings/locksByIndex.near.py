# Likewise, but each takes the lower of the two first.
# Exit: returned.
# Threads: 3 returned.
# Findings: none.
import threading

forks = [threading.Lock() for _ in range(3)]


def eat(n):
    first, second = sorted((n, (n + 1) % len(forks)))
    with forks[first], forks[second]:
        print("ate", flush=True)


for n in range(3):
    threading.Thread(target=eat, args=(n,), name="eater-%d" % n).start()
