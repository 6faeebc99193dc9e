# An event loop that hands blocking work to threads.
# Threads: 1
# Findings: none
import time

from tornado.ioloop import IOLoop


async def main():
    loop = IOLoop.current()
    results = [await loop.run_in_executor(None, lambda n=n: (time.sleep(0.01), n)[1]) for n in range(3)]
    print(results)


IOLoop.current().run_sync(main)
