# Others import the module, and its code ends when it is imported.
# Change: cut-off-while-writing in main.py: none.
import threading
import time

marks = []


def mark(text):
    marks.append(text)


def record():
    with open("out.log", "w") as out:
        while True:
            out.write(str(len(marks)))
            time.sleep(0.1)


threading.Thread(target=record, daemon=True).start()
print("recording")
