# A few threads, and work meanwhile.
# Findings: none.
import threading

threads = [threading.Thread(target=print) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for n in range(3):
    other = threading.Thread(target=print, args=(n,))
    other.start()
    print("meanwhile")
    other.join()
