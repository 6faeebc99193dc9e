# A daemon writes files one by one, and main waits for some time only.
# Findings: join-timed-out.
import threading


def upload():
    for part in range(20):
        with open("part-%d" % part, "w") as out:
            out.write("part")


uploader = threading.Thread(target=upload, daemon=True)
uploader.start()
uploader.join(0.5)  #! join-timed-out
print("done")
