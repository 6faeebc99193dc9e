# A daemon sleeps first and then writes.
# Change: cut-off-while-writing in main.py: Tell it to end when main is done, and wait for it.
# After: exit code 0, and "begun\n"
import threading as t
import time


def record():
    with open("out.log", "w") as out:
        out.write("begun\n")
        while True:
            time.sleep(10)
            print("tick", file=out)


recorder = t.Thread(target=record, daemon=True)
recorder.start()
time.sleep(0.3)
