# A subclass keeps something of its own under a name that Thread needs.
# Exit: returned.
# Threads: 1 error.
# Findings: shadowed-attribute “job” at (args).
import threading


class Job(threading.Thread):
    def __init__(self, port):
        super().__init__(name="job", target=self.connect)
        self._args = port  # (args)

    def connect(self, *parts):
        print("connected", parts)


job = Job(8080)
job.start()
job.join()
