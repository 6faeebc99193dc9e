"""Where the threads are that the end of the process cuts off."""
MOST_FRAMES = 50
#: Of more threads the first are looked at.
MOST_THREADS = 256


class Frame:
    """What is known of a frame. Its locals are taken when they are asked for: where their thread goes on, that keeps them alive."""

    __slots__ = ("code", "line", "instruction", "frame", "globals", "is_own", "known")

    def __init__(self, frame):
        self.code = frame.f_code
        self.line = frame.f_lineno or 1
        self.instruction = frame.f_lasti
        self.frame = frame
        self.globals = frame.f_globals
        self.is_own = not in_library(frame.f_code) and frame.f_code.co_filename != OUR_FILE
        self.known = None

    @property
    def locals(self):
        if self.known is None:
            self.known = self.frame.f_locals
        return self.known

    def site(self):
        return site_in(self.code, self.line, self.instruction)


#: `f_locals` of a function is a view.
HAS_LIVE_LOCALS = sys.version_info >= (3, 13)
#: Flag of the code of functions.
OPTIMIZED = 1


class Lived:
    """A thread that is about to be cut off."""

    def __init__(self, tid, frames):
        self.tid = tid
        #: Innermost first.
        self.frames = frames
        self.own = [frame for frame in frames if frame.is_own]
        #: Of coroutines that its event loop will not go on with.
        self.suspended = []
        #: `id()` of each thing that it holds → what it calls it.
        self.holds = {}
        self.things = []


def forget_locals(threads):
    """Up to 3.12 a frame keeps the locals that were asked for, and so alive. Where nobody else has them they are let go."""
    for frame in [frame for thread in threads for frame in thread.frames]:
        known, frame.known = frame.known, None
        if known is not None and not HAS_LIVE_LOCALS and frame.code.co_flags & OPTIMIZED:
            if sys.getrefcount(known) <= 3:  # of the frame, of ours, and of the call
                known.clear()


def threads_now(includes_main):
    if not has_stacks():
        return []
    me = get_ident()
    frames = sys._current_frames()
    found = []
    for ident, own in list(SPOOLS.items()):
        if ident == me or (own.tid == 0 and not includes_main):
            continue
        if len(found) == MOST_THREADS:
            break
        found.append(Lived(own.tid, frames_from(frames.get(ident))))
    return found


def frames_from(frame):
    frames = []
    while frame is not None and len(frames) < 200:
        frames.append(Frame(frame))
        frame = frame.f_back
    return frames


def stack_told(thread, when="exit"):
    if not thread.frames:
        return None
    shown = (thread.own or target_of(thread) or thread.frames)[:MOST_FRAMES]
    return {"id": thread.tid, "frames": [frame.site() for frame in shown], "within": within(thread), "when": when}


def tell_stacks(request):
    """Of all threads, for a person who asks by a file of that name, which goes when that is done."""
    threads = threads_now(True) + [Lived(spool().tid, frames_from(get_frame(0)))]
    for thread in threads:
        told = attempt(stack_told, Lived(thread.tid, [frame for frame in thread.frames if frame.code.co_filename != OUR_FILE]), "asked")
        if told is not None:
            spool().tell("stack", **told)
    forget_locals(threads)
    os_unlink(request)


#: Parts of files, of the functions that call what a thread is given.
CALLERS = (os.sep + "threading.py", os.path.join("concurrent", "futures", "thread.py"), os.path.join("multiprocessing", "pool.py"))


def target_of(thread):
    """The function of a library that the thread was given."""
    given = [frame for frame in thread.frames if not frame.code.co_filename.endswith(CALLERS) and frame.code.co_filename != OUR_FILE]
    return given[-1:]


def within(thread):
    """What the innermost of the program's own frames has called, or the function of a library's that the thread was given."""
    if not thread.own:
        given = target_of(thread)
        return method_name(thread.frames[0]) if given and given[0] is not thread.frames[0] else None
    inner = thread.frames.index(thread.own[0])
    if inner > 0:
        return method_name(thread.frames[inner - 1])
    frame = thread.own[0]
    body = body_of(frame.code) if is_call(frame.code, frame.instruction) else None
    call = call_at(body, At(frame.code, frame.line, frame.instruction)) if body is not None else None
    return dotted(call.func) if call is not None and is_in_c(meant(call.func, frame)) else None


BUILT_IN = (type(len), type(str.join))


def is_in_c(function):
    """A method of an object cannot be had without asking it, so what is not found counts as well."""
    return function is None or type(function) in BUILT_IN


def method_name(frame):
    if HAS_COLUMNS:
        return frame.code.co_qualname
    owner = frame.locals.get("self")
    for kind in type(owner).__mro__ if owner is not None else ():
        function = kind.__dict__.get(frame.code.co_name)
        if getattr(function, "__code__", None) is frame.code:
            return kind.__name__ + "." + frame.code.co_name
    return frame.code.co_name


def note_held(thread, limit):
    """Things in the locals of its frames, and what those have: one and two steps away, as far as there is time."""
    for frame in thread.frames:
        if limit.is_over():
            frame.locals
            continue
        for name, value in list(frame.locals.items()) if frame.locals is not frame.globals else ():
            hold(thread, name, value)
            for attribute_name, inner in list(own_attributes(value).items())[:200]:
                hold(thread, name + "." + attribute_name, inner)
                for last_name, innermost in list(own_attributes(inner).items())[:50]:
                    hold(thread, name + "." + attribute_name + "." + last_name, innermost)


MOST_SUSPENDED = 200


def note_suspended(threads, limit):
    """What the coroutines hold that wait in the only event loop which is cut off."""
    loops = [thread for thread in threads if any(is_loop(frame.code) for frame in thread.frames)]
    if len(loops) != 1 or sys.getallocatedblocks() > MOST_BLOCKS:
        return
    thread = loops[0]
    for thing in gc.get_objects():
        if type(thing).__name__ != "coroutine" or type(thing).__module__ != "builtins" or thing.cr_frame is None or thing.cr_running:
            continue
        frame = Frame(thing.cr_frame)
        if not frame.is_own or frame.instruction < 0:
            continue
        if limit.is_over() or len(thread.suspended) == MOST_SUSPENDED:
            break
        thread.suspended.append(frame)
        for name, value in list(frame.locals.items()):
            hold(thread, name, value)


def is_loop(code):
    return code.co_name == "run_forever" and code.co_filename.endswith(os.path.join("asyncio", "base_events.py"))


def hold(thread, name, value):
    if len(thread.holds) < 5000:
        thread.holds.setdefault(id(value), name)
        thread.things.append(value)
