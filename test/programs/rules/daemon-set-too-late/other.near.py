# The name means another thread by then.
# Findings: none.
import threading

thread = threading.Thread(target=print)
thread.start()
thread = threading.Thread(target=print)
thread.daemon = True
thread.start()
