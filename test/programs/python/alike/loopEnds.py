# asyncio.run() waits at its end for the thread that a coroutine has left behind; on 3.8 an exit handler does.
# Tells: wait what "asyncio-run|executor-shutdown"
# Tells: waited outcome "done"
# Tells: stack id 1 when "awaited" task "fetch" from (given) frames (sleeps)
# Never: waited outcome "error"
# Never: probe-error
import asyncio
import sys
import time


def fetch():
    time.sleep(1.5)  # (sleeps)


async def main():
    asyncio.get_running_loop().run_in_executor(None, fetch)  # (given)
    await asyncio.sleep(0.05)
    return "main is done"


# On 3.8 the thread finds its loop closed, and says so.
sys.stderr = sys.stdout if sys.version_info >= (3, 9) else open("/dev/null", "w")
print(asyncio.run(main()))
