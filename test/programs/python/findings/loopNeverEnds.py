# A task of the loop's executor waits for ever, and asyncio.run() for that.
# Exit: signal.
# Threads [3.8]: 1 signal (daemon).
# Threads [3.9+]: 1 signal.
# Findings [3.8]: held-by-thread “ThreadPoolExecutor-0_0” at (given).
# Findings [3.9+]: held-by-thread “asyncio_0” at (given).
import asyncio
import queue
import signal

signal.setitimer(signal.ITIMER_REAL, 2)  # in place of somebody who kills it

inbox = queue.Queue()


def consume():
    while True:
        print("got", inbox.get(), flush=True)


async def main():
    task = asyncio.ensure_future(asyncio.get_running_loop().run_in_executor(None, consume))  # (given)
    inbox.put(1)
    await asyncio.sleep(0.1)
    task.cancel()  # which does not end the thread


asyncio.run(main())
