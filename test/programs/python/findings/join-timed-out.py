# Main waits for a daemon for some time only, and says that it is done.
# Exit: returned.
# Threads: 1 main-exit (daemon).
# Findings: join-timed-out “uploader” at (join).
import threading
import time


def upload():
    for part in range(20):
        time.sleep(0.1)
        with open("parts.txt", "a") as out:
            out.write("part %02d\n" % part)


uploader = threading.Thread(target=upload, name="uploader", daemon=True)
uploader.start()
uploader.join(timeout=0.55)  # (join)
print("upload finished")
