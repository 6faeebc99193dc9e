"""Tasks of asyncio's loops, from 3.12 on and only where that is asked for: what is told of them.

Records are kept for a moment and written together: when the loop is about to wait, and while it does not, every few ms. Neither
they nor the table of tasks grow with the number of tasks that have ended."""
from _asyncio import Future as AsyncFuture, Task as AsyncTask
from _collections import deque
from _weakref import ref

need("places")
#: In C, so that no class of the program's has a say.
is_done, is_cancelled, loop_of = AsyncFuture.done, AsyncFuture.cancelled, AsyncFuture.get_loop
coroutine_of, name_of_async = AsyncTask.get_coro, AsyncTask.get_name
error_of_async = AsyncFuture._exception.__get__  # to ask for exception() would count as having looked at it
#: `id()` of a task that has not ended → what is known of it.
ASYNC_TASKS = {}
#: Records that are not written yet.
ASYNC_LINES = deque()
MOST_LINES = 100
#: In µs.
LONGEST_KEPT = 50000
#: More tasks in a second, or at once, are counted and not told one by one.
MOST_MADE_A_SECOND = 1000
MOST_OPEN = 10000


class Asyncs:
    take_number = iter(range(1, 1 << 32)).__next__
    second = 0
    told = 0
    #: Id of a thread → how many of its loop's are not told; and what was told of that.
    left_out = {}
    told_left_out = {}
    written = 0


class Made(ref):
    """A weak reference to a task, so that it lives no longer on our account."""

    #: `told`: what is told of its begin, without a name until that is written.
    __slots__ = ("key", "n", "tid", "loop", "told", "is_stepped")


async def nothing():
    pass


unused = nothing()
unused.close()
COROUTINE = type(unused)


def made(task, frame):
    if AsyncTask not in type(task).__mro__ or id(task) in ASYNC_TASKS:
        return
    has_ended = is_done(task)  # it was started at once, and had nothing to wait for
    # Of such a one 3.12 must not be asked for its coroutine: that ends the process.
    coroutine = frame.f_locals.get("coro") if has_ended else coroutine_of(task)
    if type(coroutine) is COROUTINE and coroutine.cr_code.co_filename == CREATE.co_filename:
        return  # by which a loop ends
    loop = loop_of(task)
    own = SPOOLS.get(own_fields_of(loop).get("_thread_id")) or spool()
    t = now()
    if own is SILENT:
        return
    if not may_tell_made(t):
        Asyncs.left_out[own.tid] = Asyncs.left_out.get(own.tid, 0) + 1
        return
    one = Made(task, note_gone)
    one.key, one.n, one.tid, one.loop, one.is_stepped = id(task), Asyncs.take_number(), own.tid, id(loop), False
    one.told = {"name": None, "at": created_at(frame), **coroutine_told(coroutine)}
    ASYNC_TASKS[one.key] = one
    add_line("async-task", one, t, one.told, ref(task))
    if has_ended:
        end_async(one, task)


def may_tell_made(t):
    second = t // 1000000
    if second != Asyncs.second:
        Asyncs.second = second
        Asyncs.told = 0
    if Asyncs.told < MOST_MADE_A_SECOND and len(ASYNC_TASKS) < MOST_OPEN:
        Asyncs.told += 1
        return True
    return False


def coroutine_told(coroutine):
    """Nothing of those that are none of Python's own."""
    if type(coroutine) is not COROUTINE:
        return {}
    code = coroutine.cr_code
    known = SITES.get((id(code), None))
    if known is None:
        if len(SITES) >= MOST_SITES:
            SITES.clear()
        known = SITES[id(code), None] = code, site_in(code, code.co_firstlineno, -1)
    return {"runs": coroutine.__qualname__, "of": known[1]}


def created_at(frame):
    """The innermost call in the program since the loop called; without one, that of a library which is not asyncio."""
    found = None
    while frame is not None and frame.f_code is not HANDLE:
        code = frame.f_code
        if not in_library(code):
            return site(frame)
        if found is None and not code.co_filename.startswith(ASYNCIO):
            found = frame
        frame = frame.f_back
    return None if found is None else site(found)


def end_async(one, task):
    if ASYNC_TASKS.pop(one.key, None) is not one:
        return
    told = {"end": "cancelled"}
    if not is_cancelled(task):
        error = error_of_async(task)
        told = {"end": "returned"} if error is None else {"end": "raised", **error_told(error)}
    before, name = one.told["name"], name_of_async(task)
    if before is None:
        one.told["name"] = name
    elif before != name:
        told["name"] = name
    add_line("async-task-end", one, now(), told)


def error_told(error):
    kind, message = type(error).__name__, message_of(error)
    return {"error": kind + ": " + message if message else kind, "at": error_site(error.__traceback__)}


def note_gone(one):
    """Nobody has it any more; of a loop that runs its tasks in a way of its own it is not known whether it had ended."""
    try:
        if not End.is_over and ASYNC_TASKS.pop(one.key, None) is one:
            add_line("async-task-end", one, now(), {"end": "pending" if one.is_stepped else "unknown"})
    except Exception:
        pass  # too late to tell


def loop_closed(loop):
    for one in list(ASYNC_TASKS.values()):
        if one.loop == id(loop) and ASYNC_TASKS.pop(one.key, None) is one:
            add_line("async-task-end", one, now(), {"end": "pending"})
    write_asyncs()


def add_line(k, one, t, told, named_by=None):
    """Without the reference `one` itself, which so goes before its task, and nothing of ours is called when that goes."""
    ASYNC_LINES.append((k, one.n, one.tid, t, told, named_by))
    if len(ASYNC_LINES) >= MOST_LINES:
        write_asyncs()


def line_of_async(k, n, tid, t, told, named_by):
    """Up to 3.12 a task is given its name when it has been made: so it is asked for as late as can be."""
    task = named_by and named_by()
    if task is not None and told["name"] is None:
        told["name"] = name_of_async(task)
    head = '{"k":"%s","p":"%s","tid":%d,"t":%d,"n":%d' % (k, Place.key, tid, t, n)
    return head + members(told) + "}\n"


def has_asyncs():
    return ASYNC_LINES or Asyncs.left_out != Asyncs.told_left_out


def is_time_to_write():
    return now() - Asyncs.written > LONGEST_KEPT


def write_asyncs():
    if not has_asyncs():
        return
    Asyncs.written = t = now()
    lines = []
    for tid, count in list(Asyncs.left_out.items()):
        if Asyncs.told_left_out.get(tid) != count:
            Asyncs.told_left_out[tid] = count
            lines.append('{"k":"async-tasks-left-out","p":"%s","tid":%d,"t":%d,"count":%d}\n' % (Place.key, tid, t, count))
    try:
        while True:
            lines.append(line_of_async(*ASYNC_LINES.popleft()))
    except IndexError:
        tell_activity("".join(lines))


def forget_asyncs():
    """In the child of a fork no loop of its parent goes on."""
    ASYNC_TASKS.clear()
    ASYNC_LINES.clear()
    Asyncs.left_out.clear()
    Asyncs.told_left_out.clear()
