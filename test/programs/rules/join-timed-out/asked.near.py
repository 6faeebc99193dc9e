# Main asks whether it has ended.
# Findings: none.
import threading


def upload():
    for part in range(20):
        with open("part-%d" % part, "w") as out:
            out.write("part")


uploader = threading.Thread(target=upload, daemon=True)
uploader.start()
uploader.join(0.5)
if uploader.is_alive():
    print("not done")
