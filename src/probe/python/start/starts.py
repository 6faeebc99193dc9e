"""How threads start and end, whoever starts them: by the functions in C that all of Python's threads come from."""

#: What the part about `threading` adds: told of a thread that starts, knows its Thread object.
class Watch:
    #: `(function, frame)` → the Thread object that starts, if it is one.
    thread_of = None
    #: `(thread, told)`: adds what is known of it.
    describe = None
    machinery = OUR_FILE


#: How many threads have started in this process.
class Started:
    count = 0


#: Id → what is known of it, of threads that have begun and not ended.
RUNNING = {}
#: Ids of threads without a Thread object that are being started, and of those that ended meanwhile.
RAW_STARTING = set()
RAW_ENDED = set()


class Running:
    __slots__ = ("tid", "ident", "thread", "failed", "exit")

    def __init__(self, tid, thread):
        self.tid = tid
        #: Its Thread object, where it has one.
        self.thread = thread
        self.ident = 0
        self.failed = False
        self.exit = None


class Runner:
    """What a new thread calls in place of its function: tells that it has begun, and gives Python what to call."""

    __slots__ = ("function", "running")

    def __init__(self, function, running):
        self.function = function
        self.running = running

    @property
    def __call__(self):
        try:
            begin_thread(self.running)
            life = Life(self.function)
            life.running = self.running
            return life
        except Exception as error:
            problem("begin", error)
            return self.function

    def __repr__(self):
        return repr(self.function)


class Life(partial):
    """Python alone holds it, for as long as it calls the function: so it dies after the last frame of its thread, and in it."""

    __slots__ = ("running",)

    def __del__(self):
        end_thread(self.running)


class Arguments(tuple):
    """Of a thread without a Thread object: dies with it, after what Python says of an error that ended it."""

    tid = 0

    def __del__(self):
        if self.tid:
            end_raw_thread(self.tid)


def begin_thread(running):
    running.ident = get_ident()
    own = SPOOLS[running.ident] = Spool(running.tid)
    RUNNING[running.tid] = running
    own.tell("thread-begin", native=native_id())


def end_thread(running):
    """Never raises."""
    try:
        own = SPOOLS.get(running.ident)
        if own is None or own.tid != running.tid or running.ident != get_ident():
            return  # of the process that forked this one
        del SPOOLS[running.ident]
        RUNNING.pop(running.tid, None)
        code = running.exit["code"] if running.exit else 1 if running.failed else 0
        lines = own.line("exiting", running.exit) if running.exit else ""
        own.write(lines + own.line("thread-exit", {"id": running.tid, "code": code}))
    except Exception:
        pass


def end_raw_thread(tid):
    try:
        own = next((one for one in list(SPOOLS.values()) if one.tid == tid), None)
        if own is None:
            own = Spool(tid)  # it had no occasion to tell anything before
        for ident, one in list(SPOOLS.items()):
            if one.tid == tid:
                del SPOOLS[ident]
        if tid in RAW_STARTING:
            RAW_ENDED.add(tid)
        own.tell("thread-exit", id=tid, code=0)
    except Exception:
        pass


def starting(original):
    """Stands for `_thread.start_new_thread` and the like."""

    def __new__(cls, *args, **named):
        own, thread, told, number, t = spool(), None, None, None, now()
        changed, given_names = args, named
        if args:
            try:
                frame = get_frame(1)
                thread = Watch.thread_of(args[0], frame) if Watch.thread_of else None
                told = start_facts(ids(), args[0], thread, frame)
                if thread is None:
                    RAW_STARTING.add(told["id"])
                changed, given_names = substituted(args, named, told["id"], thread)
                number = own.take_number()
            except Exception as error:
                problem("start", error)
        try:
            given = original(*changed, **given_names)
        except BaseException as error:
            tell_failed_start(own, number, t, told, error)
            if HAS_COLUMNS:  # since 3.11 the traceback is the error's own
                error.__traceback__ = error.__traceback__.tb_next
                raise
            error.__traceback__ = None
            self = object.__new__(cls)
            FAILED[id(self)] = error
            return self
        changed = None  # it may hold what dies with the thread
        # Told when it is known that it has started, as of the moment before.
        try:
            Started.count += 1
            if number is not None:
                if thread is None:
                    note_raw_start(given, told["id"])
                own.write(own.line("thread-start", told, number, t))
        except Exception:
            pass
        return given

    def __init__(self):
        return raising(FAILED.pop(id(self)))

    return stand_in(original, type("start", (), {"__slots__": (), "__new__": __new__, "__init__": property(__init__)}))


FAILED = {}


def substituted(args, named, tid, thread):
    """What the new thread is given instead, so that it tells its begin and its end."""
    if thread is not None:
        named = dict(named)
        if "handle" in named and type(named["handle"]) is Handle:
            named["handle"].tid = tid
            named["handle"] = named["handle"].handle
        return (Runner(args[0], Running(tid, thread)),) + args[1:], named
    if len(args) > 1 and type(args[1]) is tuple:
        given = Arguments(args[1])
        given.tid = tid
        return (args[0], given) + args[2:], named
    return args, named


def start_facts(tid, function, thread, frame):
    at, outer = places(frame, Watch.machinery)
    told = {"id": tid, "at": at, "from": outer}
    if at is not None and ("/debugpy/" in at["file"] or "/pydevd" in at["file"] or "pydevd.py" in at["file"]):
        told["internal"] = True
    if thread is not None:
        Watch.describe(thread, frame, told)
    else:
        told["daemon"] = True  # nobody waits for one without a Thread object
        told["madeBy"] = "raw"
        told["runs"], told["file"] = function_name(function)
    return told


def note_raw_start(ident, tid):
    RAW_STARTING.discard(tid)
    if tid in RAW_ENDED:
        RAW_ENDED.discard(tid)
    else:
        SPOOLS.setdefault(ident, Spool(tid))


def tell_failed_start(own, number, t, told, error):
    if number is None:
        return
    RAW_STARTING.discard(told["id"])
    try:
        facts = {"name": told.get("name"), "message": message_of(error), "at": told.get("from") or told["at"]}
        own.write(own.line("start-failed", facts, number, t))
    except Exception:
        pass


class Handle:
    """Stands for Python's own of a Thread, from 3.13 on: who joins is noticed."""

    __slots__ = ("handle", "tid", "is_done", "_set_done")

    def __init__(self, handle):
        self.handle = handle
        self.tid = None
        self.is_done = handle.is_done
        self._set_done = handle._set_done

    def __getattr__(self, name):
        return getattr(self.handle, name)

    def __repr__(self):
        return repr(self.handle)

    @property
    def join(self):
        return joining(self.handle.join, self)


def watch_starts():
    for name in ("start_new_thread", "start_joinable_thread"):
        original = getattr(_thread, name, None)
        if original is not None:
            setattr(_thread, name, starting(original))
    if hasattr(_thread, "start_new"):
        _thread.start_new = _thread.start_new_thread
