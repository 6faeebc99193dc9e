# A thread is made of what its function returned, and run() of others is called.
# Exit: returned.
# Threads: 1 returned.
# Findings: ran-in-caller at (start).
# Findings: ran-in-caller at (run).
import threading


def work():
    pass


thread = threading.Thread(target=work(), name="worker")
thread.start()  # (start)
thread.join()
others = [threading.Thread(target=work) for _ in range(3)]
for other in others:
    other.run()  # (run)
