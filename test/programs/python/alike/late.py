# threading is first loaded by another thread, and after main has ended a callback starts a thread.
# Tells: exit-phase phase "exit-handlers"
# Never: probe-error
import _thread
import atexit
import time

loaded = []
_thread.start_new_thread(lambda: loaded.append(__import__("threading")), ())
while not loaded:
    time.sleep(0.001)
print(loaded[0].main_thread().name)
atexit.register(lambda: print("handler"))
