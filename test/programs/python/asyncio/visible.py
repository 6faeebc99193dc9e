# All that a program can see of asyncio's tasks is the same while they are told.
# Tells: async-task name "named" runs "work" at (named) of (work)
# Tells: async-task runs "outer.<locals>.inner" at (inner)
# Tells: async-task name "Task-1" runs "main" at (run)
# Tells: async-task-end end "returned"
# Tells: async-task-end end "cancelled"
# Tells: async-task-end end "raised" error "ValueError: no" at (raised)
# Tells: async-task-end end "pending"
# Tells: async-task runs "eagerly"
# Never: probe-error
import asyncio
import gc
import inspect
import io
import logging
import pickle
import sys
import warnings
import weakref

warnings.simplefilter("always")
logged = io.StringIO()
logging.basicConfig(stream=logged, format="%(name)s %(levelname)s %(message)s")


async def work(value):  # (work)
    await asyncio.sleep(0)
    return value


async def failing():
    await asyncio.sleep(0)
    raise ValueError("no")  # (raised)


async def outer():
    async def inner():
        await asyncio.sleep(10)

    return asyncio.create_task(inner())  # (inner)


async def eagerly(value):
    return len(inspect.stack()), value


class OwnTask(asyncio.Task):
    def done(self):
        print("done() was asked")
        return super().done()


class Callback:
    """Of which nothing may be asked."""

    def __getattr__(self, name):
        print("asked for", name)
        raise AttributeError(name)

    def __call__(self, *args):
        print("called")


def seen(task):
    return (
        repr(task).replace(__file__, "FILE"),
        type(task) is asyncio.Task,
        isinstance(task, asyncio.Future),
        task.get_name(),
        task.get_stack() and [frame.f_lineno for frame in task.get_stack()],
        task.cancelling(),
        sorted(name for name in dir(task)),
        [type(one).__name__ for one in gc.get_referrers(task) if type(one).__name__ != "frame"],
    )


def stack_depth():
    return len(inspect.stack())


async def main():
    loop = asyncio.get_running_loop()
    print(type(loop).create_task.__qualname__, inspect.signature(loop.create_task), type(loop.create_task))
    print(loop.get_task_factory(), asyncio.BaseEventLoop.__dict__["create_task"].__code__.co_code.hex()[:8])
    named = asyncio.create_task(work(1), name="named")  # (named)
    named.add_done_callback(lambda task: print("first", task.result(), stack_depth()))
    named.add_done_callback(lambda task: print("second", task.get_name()))
    for line in seen(named):
        print(line)
    print(len(asyncio.all_tasks()), named in asyncio.all_tasks(), asyncio.current_task().get_name())
    await named
    try:
        pickle.dumps(named)
    except TypeError as error:
        print(error)
    bad = asyncio.create_task(failing())
    try:
        await bad
    except ValueError as error:
        trace, lines = error.__traceback__, []
        while trace:
            lines.append((trace.tb_frame.f_code.co_name, trace.tb_lineno))
            trace = trace.tb_next
        print(repr(error), lines, repr(bad).replace(__file__, "FILE"))
    late = await outer()
    await asyncio.sleep(0)
    late.cancel("why")
    print(await asyncio.gather(late, return_exceptions=True))
    loop.call_soon(Callback())
    await asyncio.sleep(0)
    unread = asyncio.create_task(failing())
    await asyncio.sleep(0.01)
    gone = weakref.ref(unread)
    del unread
    gc.collect()
    print(gone(), logged.getvalue().splitlines()[:2])
    loop.set_task_factory(lambda loop, coro, **more: OwnTask(coro, loop=loop, **more))
    print(await asyncio.create_task(work("own")))
    loop.set_task_factory(None)
    if hasattr(asyncio, "eager_task_factory"):
        loop.set_task_factory(asyncio.eager_task_factory)
        eager = asyncio.create_task(eagerly("eager"))
        print(eager.done(), eager.result(), repr(eager).replace(__file__, "FILE"))
        print(await asyncio.create_task(work("eager")))
        loop.set_task_factory(None)
    async with asyncio.TaskGroup() as group:
        group.create_task(work("in a group"))
    never = asyncio.create_task(work("never begun"))
    never.cancel()
    await asyncio.wait([never])
    print(never.cancelled(), len(asyncio.all_tasks()))
    print(sys.gettrace(), sys.getprofile(), threading_count())


def threading_count():
    import threading

    return threading.active_count()


asyncio.run(main(), debug="debug" in sys.argv[1:])  # (run)

# One that is still pending when its loop is closed.
loop = asyncio.new_event_loop()
pending = loop.create_task(work("pending"))
loop.run_until_complete(asyncio.sleep(0, loop=loop) if sys.version_info < (3, 10) else asyncio.sleep(0))
pending = loop.create_task(asyncio.sleep(5))
loop.run_until_complete(asyncio.sleep(0))
loop.close()
print(repr(pending).replace(__file__, "FILE"))
del pending
gc.collect()
print([line.replace(__file__, "FILE") for line in logged.getvalue().splitlines() if "destroyed" in line])
