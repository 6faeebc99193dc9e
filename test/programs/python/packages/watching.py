# Is told of changes to files by threads.
# Threads: 3
# Findings: none
import os
import queue
import tempfile

from watchdog.events import FileSystemEventHandler
from watchdog.observers import Observer

seen = queue.Queue()


class Handler(FileSystemEventHandler):
    def on_created(self, event):
        seen.put(os.path.basename(event.src_path))


with tempfile.TemporaryDirectory() as folder:
    observer = Observer()
    observer.schedule(Handler(), folder)
    observer.start()
    with open(os.path.join(folder, "made"), "w"):
        pass
    print(seen.get(timeout=20))
    observer.stop()
    observer.join()
