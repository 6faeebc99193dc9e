# The system gives no more threads.
# Exit: error, code 1.
# Findings: thread-churn at (start).
# Threads: 20 returned.
import resource
import threading

end = threading.Event()
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
try:
    for n in range(20):
        threading.Thread(target=end.wait).start()
    threading.stack_size(1 << 30)
    for n in range(4):
        threading.Thread(target=end.wait).start()  # (start)
finally:
    end.set()
