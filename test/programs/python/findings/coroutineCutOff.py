# A coroutine in the loop of a daemon has a file open, which loses what was written.
# Exit: returned.
# Threads: 1 main-exit (daemon).
# Findings: cut-off-while-writing “loop” at (start).
import asyncio
import threading

loop = asyncio.new_event_loop()
begun = threading.Event()


async def upload():
    with open("upload.txt", "w") as out:
        out.write("half")
        loop.call_soon(begun.set)
        await asyncio.sleep(30)


threading.Thread(target=loop.run_forever, name="loop", daemon=True).start()  # (start)
asyncio.run_coroutine_threadsafe(upload(), loop)
begun.wait()
print("main is done")
