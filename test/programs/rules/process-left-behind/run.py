# A daemon waits for a process.
# Findings: process-left-behind.
import subprocess
import threading


def convert():
    subprocess.run(["ffmpeg", "-i", "in.avi", "out.mp4"])


threading.Thread(target=convert, daemon=True).start()  #! process-left-behind
