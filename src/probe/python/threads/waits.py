"""Waits for another thread: `Condition.wait`, by which nearly all of Python's own wait, and `Thread.join`.

Both end in `acquire` of a lock that only they know. In its place they get one whose `acquire` gives an object to call, which
Python frees as soon as the call has returned or raised: this is the end of the wait.
"""
from _signal import default_int_handler, getsignal

WAIT = threading.Condition.wait.__code__
JOIN = Thread.join.__code__
#: In Python's own files, by their last part and the name of a function: what it waits for. The outermost tells.
KINDS = {
    ("threading.py", "wait_for"): "condition",
    ("queue.py", "get"): "queue-get",
    ("queue.py", "put"): "queue-put",
    ("queue.py", "join"): "queue-join",
    ("_base.py", "result"): "future",
    ("_base.py", "exception"): "future",
    ("_base.py", "wait"): "future",
    ("_base.py", "as_completed"): "future",
    ("thread.py", "shutdown"): "executor-shutdown",
    ("thread.py", "_python_exit"): "executor-shutdown",
}
#: Likewise, of those that have the same name in several classes.
CODES = {
    threading.Event.wait.__code__: "event",
    threading.Semaphore.acquire.__code__: "semaphore",
    threading.Barrier.wait.__code__: "barrier",
    JOIN: "join",
}
#: Waits that are told in a second; what is more and short is left out.
MOST_A_SECOND = 400
#: After so many µs a wait that was left out is told all the same, when another is.
LONG = 50000
#: Names of main's module that are looked at.
MOST_GLOBALS = 500
#: A wait of main of so many µs that is broken off, as by Ctrl+C, is worth a look at what the others wait for.
LONG_OF_MAIN = 900000


class Waits:
    #: Ident of a thread → the wait that it is in.
    current = {}
    second = 0
    told = 0
    #: Some that still last may not have been told.
    left_out = False
    #: `id()` of an object → a weak reference to it, and its number.
    numbers = {}
    take_number = iter(range(1, 1 << 32)).__next__


def forget_waits():
    forget_looks()
    LOOP_ENDS.clear()
    Waits.current.clear()
    Waits.numbers.clear()


class Wait:
    __slots__ = ("spool", "t", "n", "frame", "kind", "whom", "facts", "is_done", "outer", "seen")


class Waiting:
    """Called in place of the lock's `acquire`. Told when it is made, and when it is freed."""

    __slots__ = ("acquire", "wait", "ident")

    def __init__(self, acquire, wait):
        self.acquire = acquire
        self.wait = wait
        self.ident = get_ident()

    @property
    def __call__(self):
        return self.acquire

    @property
    def __del__(self):
        """What Python calls next: nothing of ours then runs any more."""
        return end_wait(self.wait, self.ident)


def begin_wait(acquire, frame, kind, is_done, whom=None, patience=None):
    """What to call to wait. `frame`: Python's own that waits. `patience`: see `patient`, of a wait without end."""
    if Place.activity_bytes == 0:
        return acquire
    own = spool()
    if own is SILENT or is_debuggers(frame):
        return acquire
    wait = Wait()
    wait.spool = own
    wait.t = now()
    wait.n = wait.spool.take_wait()
    wait.frame, wait.kind, wait.whom = frame, kind, whom
    wait.facts = wait.seen = None
    wait.is_done = is_done
    ident = get_ident()
    wait.outer = Waits.current.get(ident)  # of a signal handler that comes into a wait
    if may_tell(wait.t):
        tell_wait(wait)
    if Look.told:
        tell_moved()
    Waits.current[ident] = wait
    glance(wait.t)
    return Waiting(acquire if patience is None else patience(), wait)


def may_tell(t):
    second = t // 1000000
    if second != Waits.second:
        Waits.second = second
        Waits.told = 0
    Waits.told += 1
    if Waits.told <= MOST_A_SECOND:
        if Waits.left_out:
            tell_late(t)
        return True
    Waits.left_out = True
    return False


def tell_late(t):
    Waits.left_out = False
    for wait in list(Waits.current.values()):
        if wait.facts is None and t - wait.t > LONG:
            tell_wait(wait)
        elif wait.facts is None:
            Waits.left_out = True


def tell_wait(wait):
    """From its frame, which stands still as long as it lasts."""
    facts = wait_facts(wait.frame, wait.kind)
    if wait.whom is not None:
        facts["whom"] = wait.whom
    wait.facts = facts
    head = '{"k":"wait","p":"%s","tid":%d,"t":%d,"n":%d' % (Place.key, wait.spool.tid, wait.t, wait.n)
    tell_activity(head + members(facts) + "}\n")


def end_wait(wait, ident):
    """Never raises. Another Ctrl+C, which comes while the end is told, cannot go on from here: it is to come anew."""
    try:
        tell_end(wait, ident)
    except KeyboardInterrupt:
        if getsignal(2) is default_int_handler:
            return _thread.interrupt_main
    except BaseException:
        pass
    return bool


def tell_end(wait, ident):
    if wait.outer is None:
        Waits.current.pop(ident, None)
    else:
        Waits.current[ident] = wait.outer
    t = now()
    if Look.told:
        tell_moved()
    glance(t)
    if wait.facts is None:
        if t - wait.t <= LONG:
            return
        tell_wait(wait)
    timeout = wait.facts.get("timeout")
    outcome = "done" if wait.is_done() else "timed-out" if timeout is not None and t - wait.t >= timeout * 1000 - 1000 else "error"
    told = '{"k":"waited","p":"%s","tid":%d,"t":%d,"n":%d,"outcome":"%s"}\n'
    tell_activity(told % (Place.key, wait.spool.tid, t, wait.n, outcome))
    if outcome == "error" and ident == MAIN["ident"] and t - wait.t > LONG_OF_MAIN:
        need("last")
        look_at_locks(get_frame(2), t - 1)


class Waiter:
    """In `Condition.wait`, in place of its lock, which another thread releases."""

    __slots__ = ("lock", "is_released", "is_taken")

    def __init__(self, lock):
        self.lock = lock
        self.is_released = False
        self.is_taken = False

    @property
    def acquire(self):
        acquire = self.lock.acquire
        if not self.is_taken:
            self.is_taken = True
            return acquire
        try:
            return waiting(acquire, get_frame(1), self)
        except Exception as error:
            problem("wait", error)
            return acquire

    @property
    def release(self):
        self.is_released = True
        return self.lock.release

    def was_released(self):
        return self.is_released

    @property
    def __reduce_ex__(self):
        return self.lock.__reduce_ex__

    def __getattr__(self, name):
        return getattr(self.lock, name)


def allocating(original):
    def allocate_lock():
        lock, frame = original(), get_frame(1)
        return Waiter(lock) if frame.f_code is WAIT and not is_for_begin(frame) else lock

    return allocate_lock


def is_for_begin(frame):
    """`Thread.start` waits for the thread to have begun."""
    caller = frame.f_back
    return caller is not None and caller.f_back is not None and caller.f_back.f_code is START


def waiting(acquire, frame, waiter):
    if frame.f_code is not WAIT:
        return acquire
    timeout = frame.f_locals.get("timeout")
    if timeout is not None and timeout <= 0:
        return acquire
    patience = (lambda: patient(acquire)) if timeout is None else None
    return begin_wait(acquire, frame, "condition", waiter.was_released, None, patience)


def wait_facts(frame, kind):
    """From the frame of Python's own that waits outwards."""
    of = frame
    frame = frame.f_back
    while frame is not None and in_library(frame.f_code):
        code = frame.f_code
        found = CODES.get(code) or KINDS.get((os.path.basename(code.co_filename), code.co_name))
        if found is not None:
            kind, of = found, frame
        elif code.co_filename != THREADING:
            break
        frame = frame.f_back
    return facts_of(kind, of)


def facts_of(kind, of):
    values = of.f_locals
    thing = values.get("self")
    timeout = values.get("timeout")
    facts = {"what": kind, "at": wait_site(of.f_back)}
    if thing is not None and kind != "join":
        facts["on"] = number_of(thing)
        facts["name"] = name_of(thing, of.f_back)
    if kind == "future":
        facts["pool"] = pool_of_task(thing)
    if isinstance(timeout, (int, float)) and 0 <= timeout < 1e9:
        facts["timeout"] = round(timeout * 1000, 3)
    if kind.startswith("queue-"):
        facts["items"], facts["unfinished"] = load_of(thing)
    return facts


def wait_site(frame):
    at, outer = places(frame, THREADING)
    while frame is not None and frame.f_code.co_filename in (OUR_FILE, THREADING):
        frame = frame.f_back
    if outer is not None or frame is None or not in_library(frame.f_code):
        return outer or at
    return submitted_at(frame) or at


def submitted_at(frame):
    """Where the program gave the task that this thread runs to its pool, of a task without code of the program's."""
    while frame is not None:
        task = task_of(frame)
        if task is not None:
            return task.at
        frame = frame.f_back
    return None


def task_of(frame):
    """That a thread of a pool runs, from the frame in which it calls it."""
    tasks = globals().get("TASKS")
    if not tasks or frame.f_code.co_name != "run" or os.path.basename(frame.f_code.co_filename) != "thread.py":
        return None
    found = tasks.get(id(getattr(frame.f_locals.get("self"), "future", None)))
    return found and found[1]


def pool_of_task(future):
    """Number of the executor that is to give it."""
    found = globals().get("TASKS", {}).get(id(future))
    return found and found[1].pool


def load_of(queue):
    """Without calling what a class of the program's may have of its own."""
    try:
        return len(queue.__dict__["queue"]), max(0, int(queue.__dict__["unfinished_tasks"]))
    except Exception:
        return None, None


def number_of(thing):
    key = id(thing)
    found = Waits.numbers.get(key)
    if found is not None and found[0]() is thing:
        return found[1]
    number = Waits.take_number()
    try:
        Waits.numbers[key] = weak(thing, lambda _: Waits.numbers.pop(key, None)), number
    except TypeError:
        return None  # another may come to be at the same place
    return number


def name_of(thing, frame):
    """
    As the program's innermost code calls it, a global of its own, or where there is none main's module. Locals are not looked
    at: that would keep them alive.
    """
    while frame is not None and in_library(frame.f_code):
        frame = frame.f_back
    space = frame.f_globals if frame is not None else sys.modules["__main__"].__dict__
    for name in frame.f_code.co_names if frame is not None else list(space)[:MOST_GLOBALS]:
        if space.get(name) is thing:
            return name
    return None


class Sentinel:
    """Up to 3.12: the lock that a thread holds while it runs, and for which `join` waits."""

    __slots__ = ("lock", "tid", "locked", "release")

    def __init__(self, lock, tid):
        self.lock = lock
        self.tid = tid
        self.locked = lock.locked
        self.release = lock.release

    @property
    def acquire(self):
        caller = get_frame(1)
        frame, acquire = caller.f_back, self.lock.acquire
        if not self.lock.locked():
            return acquire
        if caller.f_code is SHUTDOWN and Place.activity_bytes:
            return patient(acquire)
        if frame is None or frame.f_code is not JOIN:
            return acquire
        return joining(acquire, self, lambda: patient(acquire))

    @property
    def __reduce_ex__(self):
        return self.lock.__reduce_ex__

    def __getattr__(self, name):
        return getattr(self.lock, name)

    def __repr__(self):
        return repr(self.lock)


def joining(wait, whom, patience):
    """What to call to wait for the thread `whom.tid`."""
    try:
        frame = get_frame(2)
        while frame is not None and frame.f_code is not JOIN:
            frame = frame.f_back if frame.f_code.co_filename == THREADING else None
        tid = whom.tid
        if frame is None or tid not in RUNNING:
            return wait
        is_endless = frame.f_locals.get("timeout") is None
        return begin_wait(wait, frame, "join", lambda: tid not in RUNNING, tid, patience if is_endless else None)
    except Exception as error:
        problem("join", error)
        return wait


def sentinels(original):
    def set_sentinel():
        return Sentinel(original(), spool().tid)

    return set_sentinel


def watch_waits(module):
    module._allocate_lock = allocating(module._allocate_lock)
    if hasattr(module, "_set_sentinel"):
        module._set_sentinel = sentinels(module._set_sentinel)
    handle = getattr(module, "_ThreadHandle", None)
    if handle is not None:
        module._ThreadHandle = lambda: Handle(handle())
