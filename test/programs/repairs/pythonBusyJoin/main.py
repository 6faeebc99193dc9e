# An empty loop asks whether a thread is alive until it has ended.
# Change: busy-wait in main.py: Wait with worker.join().
# After: exit code 0, and "main computed less than the thread that it waited for\nended\n"
import threading
import time


class Worker(threading.Thread):
    def run(self):
        begun = time.thread_time()
        while time.thread_time() - begun < 0.2:
            pass


worker = Worker()
before = time.thread_time()
worker.start()
while worker.is_alive():
    pass
if time.thread_time() - before < 0.15:
    print("main computed less than the thread that it waited for")
print("ended")
