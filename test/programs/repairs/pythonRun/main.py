# Main does the work itself, for run() starts no thread.
# Change: ran-in-caller in main.py: Call start() instead.
# After: exit code 0, and "in worker\n"
import threading


def work():
    print("in", threading.current_thread().name)


worker = threading.Thread(target=work, name="worker")
worker.run()
