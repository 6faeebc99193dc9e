# Main waits for a daemon for too short a time.
# Change: join-timed-out in main.py: Wait without a time limit.
# After: exit code 0, and "done\nababababab"
import threading
import time


def upload():
    for part in range(10):
        time.sleep(0.05)
        with open("out.log", "a") as out:
            out.write("ab"[part % 2])


uploader = threading.Thread(target=upload, daemon=True)
uploader.start()
uploader.join(timeout=0.1)
print("done")
