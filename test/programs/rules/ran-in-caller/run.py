# run() does the work in the caller.
# Findings: ran-in-caller.
import threading

thread = threading.Thread(target=print)
thread.run()  #! ran-in-caller
