# Main waits for the thread, and so for its process.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import subprocess
import sys
import threading


def convert():
    subprocess.run([sys.executable, "-I", "-S", "-c", "pass"], check=True)


thread = threading.Thread(target=convert, name="converter", daemon=True)
thread.start()
thread.join()
print("main is done")
