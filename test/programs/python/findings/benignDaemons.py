# Daemons that only wait are killed, and nothing is lost.
# Exit: returned.
# Threads: 2 main-exit (daemon).
# Findings: none.
import os
import sys
import threading

ready = threading.Barrier(3)
changed = threading.Event()


def watch():
    ready.wait()
    while True:
        changed.wait()


def tick():
    log = os.open("ticks.log", os.O_WRONLY | os.O_CREAT)
    os.write(log, b"tick\n")
    sys.stdout.write("tick without newline or flush ")
    ready.wait()
    while True:
        changed.wait(10)


threading.Thread(target=watch, name="watcher", daemon=True).start()
threading.Thread(target=tick, name="ticker", daemon=True).start()
ready.wait()
threading.Event().wait(0.1)
print("main is done")
