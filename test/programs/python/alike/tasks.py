# Tasks that fail in a pool, and whether anybody asks.
# Tells: task-failed name "unread" message "KeyError: 'unread'" at (unread) from (first)
# Tells: task-failed name "asked" message "ValueError: asked" at (asked) from (second) read true
# Tells: thread-start madeBy "executor" from (first)
# Never: task-failed name "unread" read true
# Never: probe-error
import concurrent.futures


def unread():
    raise KeyError("unread")  # (unread)


def asked():
    raise ValueError("asked")  # (asked)


with concurrent.futures.ThreadPoolExecutor(1) as pool:
    pool.submit(unread)  # (first)
    task = pool.submit(asked)  # (second)
    print(task.exception())
