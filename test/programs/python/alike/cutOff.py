# Daemons that are cut off in the middle of things.
# Tells: stack id 1 when "exit" frames (gets) within "Queue.get"
# Tells: left-undone undone "cleanup" id 1 name "write" at (with)
# Tells: left-undone undone "cleanup" id 1 name "write" at (try)
# Tells: left-undone undone "unflushed" id 1 count 3000 exact true at (with)
# Tells: left-undone undone "globals" id 1
# Tells: stack id 2 when "exit" frames (sleeps) within "time.sleep"
# Tells: left-undone undone "lock" id 2 name "lock" at (locks)
# Tells: left-undone undone "unflushed" count 6 at (opened)
# Tells: left-undone undone "queue" count 2 name "left"
# Tells: left-undone undone "transaction" name "database"
# Tells: exit-phase phase "threads"
# Tells: exit-phase phase "exit-handlers"
# Never: left-undone undone "cleanup" at (past)
# Never: probe-error
import os
import queue
import sqlite3
import tempfile
import threading
import time

os.chdir(tempfile.mkdtemp())
rows = queue.Queue()
left = queue.Queue()
lock = threading.Lock()
locked = threading.Event()


def write():
    try:  # (past)
        pass
    finally:
        pass
    with open("rows.txt", "w") as out:  # (with)
        try:  # (try)
            while True:
                out.write(rows.get())  # (gets)
                rows.task_done()
        finally:
            print("never")


def hold():
    with lock:  # (locks)
        locked.set()
        time.sleep(60)  # (sleeps)


threading.Thread(target=write, daemon=True).start()
threading.Thread(target=hold, daemon=True).start()
threading.Thread(target=threading.main_thread().join).start()
report = open("report.txt", "w")  # (opened)
report.write("total\n")
for number in range(300):
    rows.put("row %05d\n" % number)
rows.join()
locked.wait()
left.put(1)
left.put(2)
database = sqlite3.connect("data.db")
database.execute("create table t (a)")
database.execute("insert into t values (1)")
