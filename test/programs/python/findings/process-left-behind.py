# A daemon waits for a process that it started. It is killed, the process is not.
# Exit: returned.
# Threads: 1 main-exit (daemon).
# Findings: process-left-behind “converter” at (start).
import subprocess
import sys
import threading

begun = threading.Event()


def convert():
    with subprocess.Popen([sys.executable, "-I", "-S", "-c", "import time; time.sleep(2)"], stdout=subprocess.DEVNULL) as process:
        begun.set()
        process.wait()


threading.Thread(target=convert, name="converter", daemon=True).start()  # (start)
begun.wait()
print("main is done")
