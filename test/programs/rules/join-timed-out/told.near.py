# It can be told to end earlier.
# Findings: none.
import threading

stop = threading.Event()


def upload():
    for part in range(20):
        if stop.is_set():
            return
        with open("part-%d" % part, "w") as out:
            out.write("part")


uploader = threading.Thread(target=upload, daemon=True)
uploader.start()
stop.set()
uploader.join(0.5)
