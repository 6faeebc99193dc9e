# A thread is never started, and a subclass has a run() of its own that does nothing.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import threading


class Idle(threading.Thread):
    def run(self):
        pass


spare = threading.Thread(target=print)
idle = Idle()
idle.start()
idle.join()
