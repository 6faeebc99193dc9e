# A forked process has a copy of what its parent has not finished. Only what it began itself is lost with it.
# Tells: thread-start name "of the child"
# Tells: left-undone undone "unflushed" count 3
# Never: left-undone undone "unflushed" count 5
# Never: left-undone undone "queue"
# Never: task-failed read "undefined"
# Never: probe-error
import concurrent.futures
import os
import queue
import tempfile
import threading
import warnings


def fail():
    raise ValueError("read by the parent")


warnings.simplefilter("ignore")  # the system may still have the thread that has ended
items = queue.Queue()
items.put(1)
pool = concurrent.futures.ThreadPoolExecutor(1)
future = pool.submit(fail)
pool.shutdown()
with tempfile.TemporaryDirectory() as folder:
    inherited = open(os.path.join(folder, "inherited"), "w")
    inherited.write("12345")
    pid = os.fork()
    if pid == 0:
        own = open(os.path.join(folder, "own"), "w")
        own.write("123")
        thread = threading.Thread(target=len, args=("",), name="of the child")
        thread.start()
        thread.join()
        os._exit(3)
    print(os.waitpid(pid, 0)[1] >> 8)
    inherited.close()
    with open(inherited.name) as file:
        print(file.read(), items.get())
print(type(future.exception()).__name__)
