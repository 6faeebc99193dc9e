# Two daemons wait for each other's lock until main ends.
# Tells: wait tid 1 what "lock" name "b" holder 2 heldAt (b-taken) at (b)
# Tells: wait tid 2 what "lock" name "a" holder 1 heldAt (a-taken) at (a)
# Tells: left-undone undone "lock" id 1 name "a" at (a-taken)
# Tells: hooks-missing
# Never: probe-error
import threading

a, b = threading.Lock(), threading.Lock()
both = threading.Barrier(3)


def first():
    with a:  # (a-taken)
        both.wait()
        with b:  # (b)
            print("never")


def second():
    b.acquire()
    try:  # (b-taken)
        both.wait()
        with open("/dev/null"), a:  # (a)
            print("never")
    finally:
        b.release()


for function in (first, second):
    threading.Thread(target=function, daemon=True).start()
both.wait()
threading.Event().wait(0.1)
