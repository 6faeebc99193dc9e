# Main calls the function, and the thread gets nothing to do.
# Change: ran-in-caller in main.py: Pass the function itself.
# After: exit code 0, and "in worker\n"
import threading


def work():
    print("in", threading.current_thread().name)


worker = threading.Thread(target=work(), name="worker")
worker.start()
worker.join()
