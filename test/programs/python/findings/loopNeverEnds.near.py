# It is told to end, and asyncio.run() waits for its last item.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import asyncio
import queue
import time

inbox = queue.Queue()


def consume():
    for item in iter(inbox.get, None):
        time.sleep(1.2)
        print("got", item, flush=True)


async def main():
    work = asyncio.get_running_loop().run_in_executor(None, consume)
    inbox.put(1)
    inbox.put(None)
    await asyncio.sleep(0.1)
    return work


asyncio.run(main())
