# Exit handlers start a thread, and give an executor a task.
# Findings: started-too-late.
import atexit
import threading
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()


@atexit.register
def flush():
    pool.submit(print, "flushed")  #! started-too-late


atexit.register(lambda: threading.Thread(target=print).start())  #! started-too-late
