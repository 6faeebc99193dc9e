# While another thread runs on after main’s code, the daemon has something to do.
# Change: cut-off-while-writing in main.py: none.
import threading
import time

done = []


def record():
    with open("out.log", "w") as out:
        while True:
            out.write(str(len(done)))
            time.sleep(0.1)


def work():
    time.sleep(1)
    done.append(1)


threading.Thread(target=record, daemon=True).start()
threading.Thread(target=work).start()
print("main is done")
