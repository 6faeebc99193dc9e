# Ctrl+C while main waits for a thread, which is told to end and says when it has.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import signal
import threading

signal.signal(signal.SIGALRM, signal.default_int_handler)  # in place of somebody's Ctrl-C
signal.setitimer(signal.ITIMER_REAL, 0.5)
end, ended = threading.Event(), threading.Event()


def save():
    end.wait()
    ended.set()


saver = threading.Thread(target=save, name="saver")
saver.start()
try:
    saver.join()
except KeyboardInterrupt:
    end.set()
    ended.wait()
