"""The functions in C that all of Python's threads come from: who calls them is noticed."""


class Watch:
    """What the part about `threading` adds."""

    #: `(function, frame)` → the Thread object that starts, if it is one.
    thread_of = None
    #: `(thread, told)`: adds what is known of it.
    describe = None
    #: `(t)`: looks where the other threads are.
    glance = None
    #: `(tid)`: a thread is about to tell its end.
    ended = None
    #: Writes what is kept of asyncio's tasks.
    write = None
    machinery = OUR_FILE


class Started:
    #: How many threads have started in this process.
    count = 0


#: So long no other thread gets to run, in s, unless we let it.
ALONE = 0.1
#: Id → what is known of it, of threads that have begun and not ended.
RUNNING = {}
#: Id of a thread without a Thread object that is being started → the code that it is to run, until it has found its id; and of
#: those that ended meanwhile.
RAW_STARTING = {}
RAW_ENDED = set()
#: `id()` of what a failed start made → its error.
FAILED = {}


def starting(original):
    """Stands for `_thread.start_new_thread` and the like."""

    def __new__(cls, *args, **named):
        start = prepared(args, named, get_frame(1)) if args else None
        try:
            given = original(*args, **own_handle(named)) if start is None else original(*start.args, **start.named)
        except BaseException as error:
            tell_failed_start(start, error)
            if HAS_COLUMNS:  # since 3.11 the traceback is the error's own
                error.__traceback__ = error.__traceback__.tb_next
                raise
            error.__traceback__ = None
            self = object.__new__(cls)
            FAILED[id(self)] = error
            return self
        tell_started(start, given)
        return given

    def __init__(self):
        return raising(FAILED.pop(id(self)))

    return stand_in(original, type("start", (), {"__slots__": (), "__new__": __new__, "__init__": property(__init__)}))


def prepared(args, named, frame):
    try:
        need("starts")
        frame = past_debugger(frame)
        return Aside(args, named) if is_debuggers(frame) else Start(spool(), args, named, frame)
    except Exception as error:
        problem("start", error)
        return None


def own_handle(named):
    """Python takes none but its own."""
    handle = named.get("handle")
    return dict(named, handle=handle.handle) if handle is not None and type(handle).__name__ == "Handle" else named


def raising(error):
    """What raises the error when it is called with things to iterate over: in C alone, so that no frame of ours is in its traceback."""

    def over():
        yield

    finished = over()
    finished.close()
    return partial(set().union, map(finished.throw, (error,)))


def tell_failed_start(start, error):
    try:
        if start is not None:
            start.tell_failure(error)
    except Exception as failure:
        problem("failed start", failure)


def tell_started(start, given):
    try:
        if start is None:
            Started.count += 1
        else:
            start.succeeded(given)
    except Exception:
        pass


def watch_starts():
    for name in ("start_new_thread", "start_joinable_thread"):
        original = getattr(_thread, name, None)
        if original is not None:
            setattr(_thread, name, starting(original))
    if hasattr(_thread, "start_new"):
        _thread.start_new = _thread.start_new_thread
