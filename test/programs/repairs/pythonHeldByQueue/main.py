# A thread waits for ever for items of a queue that it is given.
# Change: held-by-thread in main.py: Tell it to end when main is done.
# After: exit code 0, and "2\n4\ndone\n"
import queue
import threading


def serve(numbers, factor):
    while True:  # one at a time
        print(factor * numbers.get())  # and aloud
        numbers.task_done()


def main():
    numbers = queue.Queue()
    threading.Thread(target=serve, args=(numbers, 2)).start()
    for n in (1, 2):
        numbers.put(n)
    numbers.join()
    print("done")  # but for the thread


main()
