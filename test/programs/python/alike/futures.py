# Thread pools: results, errors, callbacks, timeouts; and asyncio on them.
# Never: probe-error
import asyncio
import concurrent.futures as futures
import threading
import time


def fail():
    raise LookupError("of a task")


with futures.ThreadPoolExecutor(2) as pool:
    print(sorted(pool.map(lambda n: n * n, range(5))))
    task = pool.submit(fail)
    print(repr(task.exception()), task.done())
    seen = threading.Event()
    pool.submit(fail).add_done_callback(lambda one: (print(type(one.exception())), seen.set()))
    seen.wait()
    slow = pool.submit(time.sleep, 0.05)
    try:
        slow.result(timeout=0.001)
    except futures.TimeoutError:
        print("timed out")
    print(len(futures.wait([slow]).done))
try:
    pool.submit(print)
except RuntimeError as error:
    print(error)


async def main():
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, lambda: 5))
    try:
        await loop.run_in_executor(None, fail)
    except LookupError as error:
        print(repr(error))


asyncio.run(main())
