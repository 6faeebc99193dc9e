# A daemon writes what it measures again and again.
# Change: cut-off-while-writing in main.py: Tell it to end when main is done, and wait for it.
# After: exit code 0, and "True\nmeasured\nmeasured\n"
import time
from threading import Thread
import threading


def measure():
    return "measured\n"


# Writes a line every ten seconds
# until somebody stops it.
def record():
    with open("out.log", "w") as out:
        out.write(measure())
        while True:
            out.write(measure())
            time.sleep(10)  # seconds


def main():
    recorder = Thread(target=record)
    recorder.daemon = True
    recorder.start()
    time.sleep(0.3)
    print(threading.active_count() == 2)


if __name__ == "__main__":
    main()
