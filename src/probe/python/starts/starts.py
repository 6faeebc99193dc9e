"""How threads begin and end, whoever starts them: loaded when the first is started, or `threading` is loaded."""
need("places")


class Start:
    """One call, from before it to its end."""

    __slots__ = ("spool", "number", "t", "tid", "thread", "told", "line", "args", "named")

    def __init__(self, own, args, named, frame):
        self.spool, self.t, self.tid = own, now(), ids()
        self.args, self.named = args, named
        self.thread = Watch.thread_of(args[0], frame) if Watch.thread_of else None
        if self.thread is not None and "pydevd" in sys.modules:
            need("debugged")
            hold_if_asked(self.thread)
        self.told = start_facts(self.tid, args[0], self.thread, frame)
        self.number = own.take_number()
        self.line = own.line("thread-start", self.told, self.number, self.t)
        self.substitute()

    def substitute(self):
        """What the new thread is given instead, so that it tells its begin and its end."""
        args, named = self.args, self.named
        if self.thread is not None:
            if type(named.get("handle")) is Handle:
                named["handle"].tid = self.tid
            self.named = own_handle(named)
            self.args = (Runner(args[0], Running(self.tid, self.thread, self)),) + args[1:]
            return
        RAW_STARTING[self.tid] = [code_of(args[0])]
        if len(args) > 1 and type(args[1]) is tuple:
            given = Arguments(args[1])
            given.tid = self.tid
            self.args = (args[0], given) + args[2:]

    def succeeded(self, given):
        """One with a Thread object has told of its start by itself, before anybody could know that it has begun."""
        Started.count += 1
        self.args = None  # it may hold what dies with the thread
        if self.thread is None:
            note_raw_start(given, self.tid)
            self.spool.write(self.line)

    def tell_failure(self, error):
        self.args = None
        RAW_STARTING.pop(self.tid, None)
        told = self.told
        facts = {"name": told.get("name"), "message": message_of(error), "at": told.get("from") or told["at"]}
        self.spool.write(self.spool.line("start-failed", facts, self.number, self.t))


class Aside:
    """The start of a thread of the debugger's: it is none of the program's, and nothing of it is told."""

    __slots__ = ("args", "named")

    def __init__(self, args, named):
        self.args = (AsideRunner(args[0]),) + args[1:]
        self.named = own_handle(named)

    def succeeded(self, given):
        pass

    def tell_failure(self, error):
        pass


class Running:
    __slots__ = ("tid", "ident", "thread", "start", "failed", "exit")

    def __init__(self, tid, thread, start):
        self.tid = tid
        #: Until it has begun.
        self.start = start
        #: Its Thread object, where it has one.
        self.thread = thread
        self.ident = 0
        self.failed = False
        self.exit = None


def as_bootstrap(function):
    """
    Named as what Python has a new thread call. A debugger that hears of code by `sys.monitoring` looks for that, to know that the
    thread is not known yet: of any other it would make a Thread object, and keep that for as long as the thread lives.
    """
    file = os.path.join(os.path.dirname(getattr(os, "__file__", None) or ""), "threading.py")
    function.__code__ = function.__code__.replace(co_name="_bootstrap", co_filename=file)
    return function


class Runner:
    """What a new thread calls in place of its function: tells that it has begun, and gives Python what to call."""

    __slots__ = ("function", "running")

    def __init__(self, function, running):
        self.function = function
        self.running = running

    @property
    @as_bootstrap
    def __call__(self):
        try:
            begin_thread(self.running)
            life = Life(self.function)
            life.running = self.running
            return life
        except Exception as error:
            problem("begin", error)
            return self.function

    @property
    def __self__(self):
        """A debugger asks the method by which a thread begins whose it is."""
        return self.function.__self__

    def __repr__(self):
        return repr(self.function)


class Life(partial):
    """Python alone holds it, for as long as it calls the function: so it dies after the last frame of its thread, and in it."""

    __slots__ = ("running",)

    def __del__(self):
        end_thread(self.running)


class AsideRunner:
    """As above, of a thread that is none of the program's."""

    __slots__ = ("function",)

    def __init__(self, function):
        self.function = function

    @property
    @as_bootstrap
    def __call__(self):
        BESIDE.add(get_ident())
        return AsideLife(self.function)

    @property
    def __self__(self):
        return self.function.__self__

    def __repr__(self):
        return repr(self.function)


class AsideLife(partial):
    __slots__ = ()

    def __del__(self):
        BESIDE.discard(get_ident())


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
    start, running.start = running.start, None
    begin = own.begin_line()
    if not appended(Place.file, start.line + begin):
        start.spool.write(start.line)  # which will be there for longer than this one
        own.write(begin)


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
        if Watch.glance is not None:
            Watch.glance(now())
            Watch.ended(running.tid)
        if Watch.write is not None:
            Watch.write()
        own.write(lines + own.exit_line(code))
        if End.is_left_to_threads:
            end_by_thread()
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
        own.write(own.exit_line(0))
    except Exception:
        pass


def start_facts(tid, function, thread, frame):
    at, outer = places(frame, Watch.machinery)
    told = {"id": tid, "at": at, "from": outer}
    if thread is not None:
        Watch.describe(thread, frame, told)
    else:
        told["daemon"] = True  # nobody waits for one without a Thread object
        told["madeBy"] = "raw"
        told["runs"], told["file"] = function_name(function)
    return told


def code_of(function):
    if type(function) is METHOD:
        function = function.__func__
    return function.__code__ if type(function) is FUNCTION else None


def raw_thread_begun():
    """Which of those that are being started this thread is, by the function that it runs. Taken from the list by one alone."""
    frame = get_frame(1)
    while frame.f_back is not None:
        frame = frame.f_back
    for tid, codes in list(RAW_STARTING.items()):
        try:
            if codes[0] is frame.f_code:
                codes.pop()
                return tid
        except IndexError:
            pass  # another was faster
    return None


def note_raw_start(ident, tid):
    own = SPOOLS.setdefault(ident, Spool(tid))
    RAW_STARTING.pop(tid, None)  # from here on it is found by its ident
    if tid in RAW_ENDED:
        RAW_ENDED.discard(tid)
        if own.tid == tid and SPOOLS.get(ident) is own:
            del SPOOLS[ident]


class Handle:
    """Stands for Python's own of a Thread, from 3.13 on: who joins is noticed."""

    __slots__ = ("handle", "tid", "is_done", "_set_done")

    def __init__(self, handle):
        self.handle = handle
        self.tid = None
        self.is_done = handle.is_done
        self._set_done = handle._set_done

    @property
    def __reduce_ex__(self):
        return self.handle.__reduce_ex__

    def __getattr__(self, name):
        return getattr(self.handle, name)

    def __repr__(self):
        return repr(self.handle)

    @property
    def join(self):
        wait = self.handle.join
        return joining(wait, self, lambda: patient(wait, self.is_done))
