"""Thread objects: which thread starts, what is known of it, its names, its errors."""
import _weakref
import threading

need("starts")
weak = _weakref.ref
Thread = threading.Thread
THREADING = Thread.start.__code__.co_filename
INIT = Thread.__init__.__code__
START = Thread.start.__code__
#: Python's own, which prints.
HOOK = threading.excepthook
#: `id()` of a Thread → a weak reference to it. Its own hash could be the program's.
INHERITED = {}
#: Likewise, with the id of the thread.
TIDS = {}
#: File and function of a library by which it starts threads → what made them.
MAKERS = (
    ("concurrent/futures/thread.py", "executor"),
    ("concurrent/futures/process.py", "process-pool"),
    ("logging/handlers.py", "queue-listener"),
    ("socketserver.py", "socketserver"),
    ("multiprocessing/queues.py", "multiprocessing-queue"),
    ("multiprocessing/pool.py", "multiprocessing-pool"),
    ("multiprocessing/managers.py", "multiprocessing-manager"),
    ("asyncio/unix_events.py", "child-watcher"),
    ("asyncio/base_events.py", "loop-shutdown"),
    ("subprocess.py", "subprocess"),
)


def remembered(table, thread, tid=None):
    key = id(thread)
    table[key] = weak(thread, lambda _: table.pop(key, None)), tid


def recalled(table, thread):
    found = table.get(id(thread))
    return found if found is not None and found[0]() is thread else None


def thread_of(function, frame):
    """Of what `Thread.start` has started; a debugger may have its own between."""
    for _ in range(4):
        if frame is None:
            return None
        if frame.f_code is START:
            thread = frame.f_locals["self"]
            return thread if getattr(function, "__self__", thread) is thread else None
        frame = frame.f_back
    return None


def own_fields(thread):
    """Without what a class of the program's may do when it is asked."""
    return object.__getattribute__(thread, "__dict__")


def describe(thread, frame, told):
    fields = own_fields(thread)
    told["name"] = fields["_name"] if type(fields["_name"]) is str else None
    told["daemon"] = fields["_daemonic"] is True
    inherited = recalled(INHERITED, thread)
    if inherited is not None:
        told["inherited"] = True
        told["made"] = inherited[1]
    remembered(TIDS, thread, told["id"])
    kind = type(thread)
    if not METHODS.isdisjoint(fields) or hides_method(kind):
        note_hidden(told["id"], kind, METHODS)
    made_by = maker_of(kind, told["at"])
    told["madeBy"] = made_by
    if made_by == "executor":
        told["pool"] = pool_of(frame)
    if made_by == "loop-shutdown":
        told["internal"] = True
        begin_loop_end(told["id"], told["from"], frame)
    function = work_of(thread, kind)
    if function is not None:
        note_work(told["id"], function)
    elif made_by is None:
        note_elsewhere(told["id"], fields["_name"], told["from"] or told["at"])
    if function is not None and made_by in (None, "timer", "socketserver"):
        told["runs"], told["file"] = function_name(function)


def pool_of(frame):
    """Number of the executor that starts a thread."""
    while frame is not None and frame.f_code.co_name != "_adjust_thread_count":
        frame = frame.f_back
    return number_of(frame.f_locals["self"]) if frame is not None else None


#: Of Python's own class, which it needs itself; of each version.
METHODS = frozenset("_stop _delete _bootstrap _bootstrap_inner _set_ident _set_native_id _set_tstate_lock _wait_for_tstate_lock _reset_internal_locks _after_fork".split())
#: Likewise, what it keeps.
FIELDS = frozenset("_target _args _kwargs _name _daemonic _ident _native_id _tstate_lock _started _is_stopped _initialized _stderr _handle _context".split())
#: Names that the program may have methods of its own under, but nothing else.
CALLS = ("join", "is_alive", "start")
#: `id()` of a class of threads → whether it hides any.
HIDING = {}


def hides_method(kind):
    known = HIDING.get(id(kind))
    if known is None:
        own = kind.__mro__[: kind.__mro__.index(Thread)]
        known = HIDING[id(kind)] = any(not METHODS.isdisjoint(one.__dict__) for one in own if one.__module__ not in ("threading", "builtins"))
    return known


def note_hidden(tid, kind, names):
    if id(kind) in HIDDEN:
        return
    HIDDEN.add(id(kind))
    try:
        need("last")
        tell_hidden(tid, kind, names)
    except Exception as error:
        problem("hidden", error)


#: Classes of which that was told.
HIDDEN = set()


def note_hidden_by(error):
    """An error came out of a method of Thread's own: the program's class may have something else under one of its names."""
    trace, last = error.__traceback__, None
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename != OUR_FILE:
            last = trace
        trace = trace.tb_next
    if last is None or last.tb_frame.f_code.co_filename != THREADING or not isinstance(error, (TypeError, AttributeError)):
        return
    thread = last.tb_frame.f_locals.get("self")
    if isinstance(thread, Thread) and type(thread) is not Thread:
        found = recalled(TIDS, thread)
        note_hidden(found[1] if found is not None else 0, type(thread), METHODS | FIELDS | frozenset(CALLS))


def note_elsewhere(tid, name, at):
    """It was given nothing to do: what it was to do may have been called where it was made."""
    if at is not None:
        spool().tell("clue", clue="no-target", id=tid, name=name if type(name) is str else None, at=at)


def maker_of(kind, at):
    if kind is not Thread and threading.Timer in kind.__mro__:
        return "timer"
    if at is None or not at["file"].startswith(STANDARD_LIBRARY):
        return None
    file = at["file"].replace("\\", "/")
    for ending, maker in MAKERS:
        if file.endswith(ending):
            return maker
    return None


def work_of(thread, kind):
    """What it runs: its `run`, or what that calls."""
    fields = own_fields(thread)
    if "run" in fields:
        return fields["run"]
    if threading.Timer in kind.__mro__ and kind.run is threading.Timer.run:
        return fields.get("function")
    if kind.run is Thread.run:
        return fields.get("_target")
    return kind.run


def note_asked_daemon():
    """`Thread.__init__` asks the current thread whether it is a daemon where it was not told."""
    frame = get_frame(2)
    if frame is not None and frame.f_code is INIT:
        thread = frame.f_locals["self"]
        own = SPOOLS.get(get_ident())
        maker = RUNNING.get(own.tid) if own is not None else None
        is_daemon = maker is not None and own_fields(maker.thread).get("_daemonic") is True
        remembered(INHERITED, thread, made_by(frame.f_back, thread) if is_daemon else None)


def made_by(frame, thread):
    """Where a thread is made, outside of what its class does for that."""
    while frame is not None and frame.f_code.co_name == "__init__" and frame.f_locals.get("self") is thread:
        frame = frame.f_back
    return person_site(frame, THREADING)


def run_by_caller():
    """Name of a thread that nobody has started and that has forgotten what it was given to do: `run()` does so once that is done."""
    for reference, _ in list(INHERITED.values()):
        thread = reference()
        fields = own_fields(thread) if thread is not None else {}
        started = fields.get("_started")
        if "_name" in fields and "_target" not in fields and type(started) is threading.Event and not started.is_set():
            return fields["_name"]
    return None


def note_daemon(thread, value):
    INHERITED.pop(id(thread), None)


def note_name(thread, value):
    found = recalled(TIDS, thread)
    if found is not None and type(value) is str and found[1] in RUNNING:
        spool().tell("thread-renamed", id=found[1], name=value)


def setting(function, note):
    """Stands for what a property calls to set it. See `calling`, of which this is the form for functions in Python."""

    def __new__(cls, thread, value):
        try:
            note(thread, value)
        except Exception as error:
            problem("set", error)
        return object.__new__(cls)

    called = type("call", (), {"__slots__": (), "__new__": __new__, "__init__": property(lambda self: function)})
    return type("function", (), {"__slots__": (), "__call__": called, "__name__": function.__name__})()


def getting(function, note):
    def call(self):
        try:
            note()
        except Exception as error:
            problem("get", error)
        return function

    return type("function", (), {"__slots__": (), "__call__": property(call), "__name__": function.__name__})()


class Invoking:
    """Stands for what a thread calls with the error that ends it."""

    __slots__ = ("invoke",)

    def __init__(self, invoke):
        self.invoke = invoke

    @property
    def __call__(self):
        try:
            note_error(sys.exc_info()[1])
        except Exception as error:
            problem("error", error)
        return self.invoke


def note_error(error):
    own = SPOOLS.get(get_ident())
    running = RUNNING.get(own.tid) if own is not None else None
    if running is None or error is None:
        return
    if isinstance(error, SystemExit):
        code = exit_code((error.code,))
        running.exit = {"cause": "exit-call", "code": code, "at": error_site(error.__traceback__)}
        return
    running.failed = True
    note_hidden_by(error)
    heard = True if threading.excepthook is not HOOK else None
    own.tell("thread-error", id=own.tid, heard=heard, **error_facts(error))


def watch_thread_class(module):
    Watch.thread_of = thread_of
    Watch.describe = describe
    Watch.glance = glance
    Watch.ended = end_loop_end
    Watch.machinery = THREADING
    for name in ("_start_new_thread", "_start_joinable_thread"):
        if hasattr(module, name):
            setattr(module, name, getattr(_thread, name[1:]))
    daemon, name = Thread.daemon, Thread.name
    Thread.daemon = property(getting(daemon.fget, note_asked_daemon), setting(daemon.fset, note_daemon), daemon.fdel, daemon.__doc__)
    Thread.name = property(name.fget, setting(name.fset, note_name), name.fdel, name.__doc__)
    make_invoke = getattr(module, "_make_invoke_excepthook", None)
    if make_invoke is not None:
        module._make_invoke_excepthook = lambda: Invoking(make_invoke())
    watch_shutdown(module)
    watch_waits(module)
