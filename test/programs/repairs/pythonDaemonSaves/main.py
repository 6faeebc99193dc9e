# A daemon writes lines that it takes from a queue.
# Change: cut-off-while-writing in main.py: Tell it to end when main is done, and wait for it.
# After: exit code 0, and "done\na\nb\n"
import queue
import threading
import time

lines = queue.Queue()


def save():
    with open("out.log", "w") as out:
        while True:
            line = lines.get()  # waits
            time.sleep(0.05)
            out.write(line)


# No more than one.
threading.Thread(target=save, daemon=True).start()  # it saves
for line in ("a\n", "b\n"):
    lines.put(line)
print("done")
