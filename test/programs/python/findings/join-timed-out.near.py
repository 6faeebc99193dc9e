# Main waits for as long as it takes, some time by some time.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import threading
import time


def upload():
    for part in range(20):
        time.sleep(0.02)
        with open("parts.txt", "a") as out:
            out.write("part %02d\n" % part)


uploader = threading.Thread(target=upload, name="uploader", daemon=True)
uploader.start()
while uploader.is_alive():
    uploader.join(timeout=0.1)
print("upload finished")
