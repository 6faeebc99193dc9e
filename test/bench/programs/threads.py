"""Prints how many µs of processor time one of many takes, of what the first argument names."""
import queue
import sys
import threading
import time


def spawn(count=3000):
    for _ in range(count):
        thread = threading.Thread(target=str)
        thread.start()
        thread.join()
    return count


def beside(function):
    thread = threading.Thread(target=function)
    thread.start()
    return thread


def events(count=3000):
    there, back = threading.Event(), threading.Event()

    def answer():
        for _ in range(count):
            there.wait()
            there.clear()
            back.set()

    other = beside(answer)
    for _ in range(count):
        there.set()
        back.wait()
        back.clear()
    other.join()
    return count


def items(count=30000):
    short = queue.Queue(16)
    other = beside(lambda: [short.get() for _ in range(count)])
    for number in range(count):
        short.put(number)
    other.join()
    return count


def lock(count=300000):
    one = threading.Lock()
    for _ in range(count):
        with one:
            pass
    return count


def tasks(count=5000):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(abs, range(count)))
    return count


def coroutines(count):
    """Tasks of an event loop, each of which waits twice."""

    async def work():
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    async def main():
        for _ in range(count // 10):
            await asyncio.gather(*(work() for _ in range(10)))

    asyncio.run(main())
    return count


def few(count=900):
    return coroutines(count)


def flood(count=20000):
    return coroutines(count)


if sys.argv[1] in ("few", "flood"):
    import asyncio

started = time.process_time()
done = globals()[sys.argv[1]]()
print((time.process_time() - started) / done * 1e6)
