# The process is ended at once, by a thread.
# Tells: exiting tid 2 cause "abrupt-call" code 3 at (ends)
# Tells: stack id 1 when "exit" frames (waits) within "Event.wait"
# Tells: stack id 0 when "exit" frames (main) within "Thread.join"
# Tells: left-undone undone "unflushed" id 1 count 5 at (with)
# Never: exited
# Never: probe-error
import os
import tempfile
import threading

written = threading.Event()


def audit():
    with open(os.path.join(tempfile.mkdtemp(), "audit"), "w") as out:  # (with)
        out.write("entry")
        written.set()
        threading.Event().wait()  # (waits)


def end():
    written.wait()
    main.wait(0.1)
    os._exit(3)  # (ends)


main = threading.Event()
threading.Thread(target=audit).start()
ending = threading.Thread(target=end)
ending.start()
ending.join()  # (main)
