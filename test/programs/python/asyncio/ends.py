# Loops in threads, in the child of a fork, and one that the end of the process cuts off.
# Tells: async-task runs "of_thread" tid 1 at (thread)
# Tells: async-task-end tid 1 end "returned"
# Tells: async-task runs "forever" tid 2 at (cut)
# Tells: async-task runs "of_child" at (child)
# Tells: async-task-end end "raised" error "SystemExit: 3"
# Never: async-task runs "BaseEventLoop.shutdown_default_executor"
# Never: async-task-end tid 2 end "pending"
# Never: probe-error
import asyncio
import os
import sys
import threading
import warnings

warnings.simplefilter("ignore")  # of a fork beside threads


async def of_thread():
    await asyncio.sleep(0.01)


async def forever(begun):
    begun.set()
    await asyncio.sleep(1000)


async def of_child():
    await asyncio.sleep(0)
    print("child", len(asyncio.all_tasks()), flush=True)


async def leaving():
    await asyncio.sleep(0)
    sys.exit(3)


def run(function):
    asyncio.run(function())  # (thread)


thread = threading.Thread(target=run, args=(of_thread,))
thread.start()
thread.join()
begun = threading.Event()
threading.Thread(target=lambda: asyncio.run(forever(begun)), daemon=True).start()  # (cut)
begun.wait()
if os.fork() == 0:
    asyncio.run(of_child())  # (child)
    os._exit(0)
os.wait()
asyncio.run(leaving())
