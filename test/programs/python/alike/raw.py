# Threads without a Thread object: arguments, results, errors.
# Never: probe-error
import _thread
import sys
import time

done = _thread.allocate_lock()
done.acquire()


def work(a, b=2):
    print("work", a, b, sys._getframe().f_back)
    done.release()


def fail():
    try:
        raise KeyError("raw")
    finally:
        done.release()


hooked = []
sys.unraisablehook = lambda args: hooked.append((args.exc_type.__name__, args.object is fail))
ident = _thread.start_new_thread(work, (1,))
done.acquire()
print(type(ident) is int)
_thread.start_new_thread(work, (1,), {"b": 3})
done.acquire()
_thread.start_new_thread(fail, ())
done.acquire()
while not hooked:
    time.sleep(0.001)
print(hooked)
for wrong in ((), (1, ()), (work, 1), (work, (), 3), (work, (), {}, 4)):
    try:
        _thread.start_new_thread(*wrong)
    except TypeError as error:
        print(error, error.__traceback__.tb_next)
