# Run by debugpy, which waits for nobody, with threads of its own.
# Arguments: -m debugpy --listen 127.0.0.1:0
# Threads: 1
# Findings: none
import threading

found = []
thread = threading.Thread(target=found.append, args=(1,), name="own")
thread.start()
thread.join()
print(found, sorted(one.name for one in threading.enumerate() if not getattr(one, "is_pydev_daemon_thread", False)))
