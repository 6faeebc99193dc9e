# What a program sees of threads, locks and functions.
# Never: probe-error
import copy
import inspect
import pickle
import queue
import sys
import threading
import weakref

thread = threading.Thread(target=lambda: None, name="one")
print(thread, thread.daemon, thread.name, thread.ident, sorted(vars(thread)))
thread.daemon = True
thread.name = "two"
thread.start()
thread.setName("three")
thread.join()
print(thread.daemon, thread.name, thread.is_alive(), isinstance(thread.ident, int))
print(threading.Thread.start.__name__, inspect.signature(threading.Thread.join), inspect.isfunction(threading.Thread.run))
print(inspect.signature(threading.Thread), threading.Thread.__init__.__qualname__)
print(type(threading.Lock()), type(threading.RLock()), threading.current_thread(), threading.main_thread())
print(repr(sys.exit), callable(sys.exit), pickle.loads(pickle.dumps(sys.exit)) == sys.exit, copy.copy(sys.exit) == sys.exit)


class Watched(threading.Thread):
    def __init__(self):
        threading.Thread.__init__(self, name="watched")

    @property
    def daemon(self):
        return False

    def start(self):
        print("start")
        super().start()

    def run(self):
        print("run", threading.current_thread() is self)


watched = Watched()
watched.start()
watched.join()
gone = weakref.ref(watched)
del watched
print(gone() is None)
items = queue.Queue(1)
try:
    items.get(timeout=0.01)
except queue.Empty:
    print("empty")
items.put(1)
try:
    items.put(2, timeout=0.01)
except queue.Full:
    print("full")
event = threading.Event()
print(event.wait(0), event.wait(0.01), event)
timer = threading.Timer(0.01, print, ["timer"])
timer.start()
timer.join()
barrier = threading.Barrier(2)
try:
    barrier.wait(0.01)
except threading.BrokenBarrierError:
    print("broken")
semaphore = threading.Semaphore(0)
print(semaphore.acquire(timeout=0.01), semaphore.acquire(blocking=False))
