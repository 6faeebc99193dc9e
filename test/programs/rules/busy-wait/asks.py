# Loops that only ask.
# Findings: busy-wait.
import queue
import threading

ready = False
jobs = queue.Queue()
ended = threading.Event()


def wait():
    while not ready:  #! busy-wait
        pass


def take():
    while True:  #! busy-wait
        try:
            job = jobs.get_nowait()
        except queue.Empty:
            continue
        print(job)


def leave():
    while True:  #! busy-wait
        if ended.is_set():
            break


thread = threading.Thread(target=wait)
thread.start()
while thread.is_alive():  #! busy-wait
    pass
