# threading is first loaded by another thread, and after main has ended a callback starts a thread.
# Tells: exit-phase phase "exit-handlers"
# Never: probe-error
import _thread
import atexit
import os
import time

loaded = []
_thread.start_new_thread(lambda: loaded.append(__import__("threading")), ())
while not loaded or len(os.listdir("/proc/self/task")) > 1:
    time.sleep(0.001)  # until the thread is gone
print(loaded[0].main_thread().name)
atexit.register(lambda: print("handler"))
