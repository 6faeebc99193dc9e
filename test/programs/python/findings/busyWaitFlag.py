# A daemon asks a flag again and again, and main asks whether all threads have ended.
# Exit: returned.
# Threads: 1 main-exit (daemon), 2 returned.
# Findings: busy-wait “main” at (all).
# Findings: busy-wait “player” at (flag).
import threading
import time


class Player(threading.Thread):
    ready = False

    def run(self):
        while not self.ready:  # (flag)
            pass


Player(name="player", daemon=True).start()
threads = [threading.Thread(target=time.sleep, args=(0.8,)) for _ in range(2)]
for thread in threads:
    thread.start()
while any(thread.is_alive() for thread in threads):  # (all)
    continue
print("done")
