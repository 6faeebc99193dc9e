# The process has a time limit, or main waits.
# Findings: none.
import subprocess
import threading


def limited():
    subprocess.run(["ffmpeg"], timeout=1)


def convert():
    subprocess.run(["ffmpeg"])


threading.Thread(target=limited, daemon=True).start()
converter = threading.Thread(target=convert, daemon=True)
converter.start()
converter.join()
