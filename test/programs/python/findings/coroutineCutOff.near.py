# Main waits for the coroutine, and for the loop.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import asyncio
import threading

loop = asyncio.new_event_loop()


async def upload():
    with open("upload.txt", "w") as out:
        out.write("half")
        await asyncio.sleep(0)


thread = threading.Thread(target=loop.run_forever, name="loop", daemon=True)
thread.start()
asyncio.run_coroutine_threadsafe(upload(), loop).result()
loop.call_soon_threadsafe(loop.stop)
thread.join()
loop.close()
print("main is done")
