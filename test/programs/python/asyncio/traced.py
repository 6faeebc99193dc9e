# Hooks of the program's own see no more calls, and one that has taken all tools for itself is left alone.
# Never: probe-error
import asyncio
import concurrent.futures.thread  # the probe waits for it to be loaded
import sys

seen = 0


def hook(frame, event, arg):
    global seen
    seen += 1
    return hook


async def work(value):
    await asyncio.sleep(0)
    return value


async def main():
    print(await asyncio.gather(*(work(value) for value in range(5))))
    task = asyncio.create_task(work("cancelled"))
    task.cancel()
    await asyncio.wait([task])


for begin, end in ((sys.settrace, sys.settrace), (sys.setprofile, sys.setprofile)):
    begin(hook)
    asyncio.run(main())
    end(None)
    print(seen)
