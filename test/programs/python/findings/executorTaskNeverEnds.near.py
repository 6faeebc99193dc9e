# The task is told to end.
# Exit: returned.
# Threads: 1 returned.
# Findings: none.
import concurrent.futures
import queue

inbox = queue.Queue()


def consume():
    for item in iter(inbox.get, None):
        print("got", item)


with concurrent.futures.ThreadPoolExecutor(2, thread_name_prefix="fetch") as pool:
    done = pool.submit(consume)
    inbox.put(1)
    inbox.put(None)
done.result()
