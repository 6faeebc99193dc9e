# More tasks than are told one by one are counted; and none is kept that has ended.
# Tells: async-task runs "work" at (work)
# Tells: async-task-end end "returned"
# Tells: async-tasks-left-out tid 0
# Never: probe-error
import asyncio
import gc


async def work():
    await asyncio.sleep(0)


async def main():
    for _ in range(300):
        await asyncio.gather(*(work() for _ in range(10)))  # (work)
    del _
    gc.collect()
    print(len(asyncio.all_tasks()), sum(isinstance(one, asyncio.Task) for one in gc.get_objects()))


asyncio.run(main())
