# Threads of each kind: who made them, whether they keep the process, how they end.
# Tells: thread-start id 1 name "outer" daemon true runs "outer" at (outer)
# Tells: thread-start id 2 name "inner" daemon true inherited true at (inner)
# Tells: thread-start name "kept" daemon false at (kept)
# Tells: thread-start name "changed" daemon true at (changed)
# Tells: thread-renamed name "another"
# Tells: thread-error name "ZeroDivisionError" message "division by zero" at (fails)
# Tells: exiting cause "exit-call" code 3 at (leaves)
# Tells: thread-exit code 3
# Tells: thread-start name "own" runs "Own.run|run" at (own)
# Tells: wait what "join" whom 1 at (join)
# Tells: waited outcome "done"
# Tells: exiting tid 0 cause "returned" code 0
# Tells: exited tid 0 code 0
# Never: probe-error
import sys
import threading


def outer():
    inner = threading.Thread(target=str, name="inner")
    inner.start()  # (inner)
    kept = threading.Thread(target=str, name="kept", daemon=False)
    kept.start()  # (kept)
    inner.join()
    kept.join()
    threading.Event().wait(0.02)


def fail():
    1 / 0  # (fails)


def leave():
    sys.exit(3)  # (leaves)


class Own(threading.Thread):
    def run(self):
        self.name = "another"


one = threading.Thread(target=outer, name="outer", daemon=True)
one.start()  # (outer)
one.join()  # (join)
for name, target in (("failing", fail), ("leaving", leave)):
    thread = threading.Thread(target=target, name=name)
    thread.start()
    thread.join()
changed = threading.Thread(target=str, name="changed")
changed.daemon = True
changed.start()  # (changed)
changed.join()
own = Own(name="own")
own.start()  # (own)
own.join()
