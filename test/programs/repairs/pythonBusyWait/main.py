# An empty loop asks for an Event until a thread has set it.
# Change: busy-wait in main.py: Wait with ready.wait().
# After: exit code 0, and "main computed less than the thread that it waited for\nready\n"
import threading
import time

ready = threading.Event()


def prepare():
    begun = time.thread_time()
    while time.thread_time() - begun < 0.2:
        pass
    ready.set()


before = time.thread_time()
threading.Thread(target=prepare).start()
while not ready.is_set():
    pass
if time.thread_time() - before < 0.15:
    print("main computed less than the thread that it waited for")
print("ready")
