"""The demo, in Python. "logger" is a daemon and is killed in the middle of its file when the process ends. "heartbeat" is a
daemon only because "logger" started it. "holder" alone keeps the process alive for a few seconds after main is done. "build"
starts "minify" and joins it. "flaky" fails, and main goes on. One task of the pool fails too, and nobody asks for its result.
"""
import os
import queue
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

lines = queue.Queue()


def beat():
    while True:
        time.sleep(0.5)
        open(os.path.join(tempfile.gettempdir(), "thread-lifelines-demo.beat"), "w").close()


def log():
    # A daemon's own threads are daemons, unless they are told otherwise.
    threading.Thread(target=beat, name="heartbeat").start()
    with open(os.path.join(tempfile.gettempdir(), "thread-lifelines-demo.log"), "w") as out:
        while True:
            out.write(lines.get())
            lines.task_done()


def minify(sizes):
    time.sleep(0.8)
    sizes.append(1234)


def build():
    sizes = []
    helper = threading.Thread(target=minify, args=(sizes,), name="minify")
    helper.start()
    helper.join()
    print("built and minified: %d bytes" % sizes[0])


def fail():
    time.sleep(0.6)
    raise ValueError("the page is not a list")


def resize(width):
    time.sleep(0.4)
    return 600 // width


def hold():
    time.sleep(2.5)


# A logger must not keep the program running, so it is a daemon. Nobody tells it that the end is near.
threading.Thread(target=log, name="logger", daemon=True).start()
threading.Thread(target=build, name="build").start()
threading.Thread(target=fail, name="flaky").start()

with ThreadPoolExecutor(max_workers=2, thread_name_prefix="resize") as pool:
    for width in (100, 0, 300):
        pool.submit(resize, width)

for n in range(300):
    lines.put("line %d of a log that nobody will read\n" % n)

# Still at work when main has nothing left to do: this is why the process does not end.
threading.Thread(target=hold, name="holder").start()

print("main has done its part; the process stays alive because of its threads")
