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


class Lived:
    """A thread that is about to be cut off."""

    def __init__(self, tid, frames):
        self.tid = tid
        #: Innermost first.
        self.frames = frames
        self.own = [frame for frame in frames if frame.is_own]
        #: `id()` of each thing that it holds → what it calls it.
        self.holds = {}
        self.things = []


def has_stacks():
    """Without the lock of the interpreter the threads run on while they are looked at."""
    is_locked = getattr(sys, "_is_gil_enabled", None)
    return is_locked is None or is_locked()


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


def stack_told(thread):
    if not thread.frames:
        return None
    shown = (thread.own or thread.frames)[:MOST_FRAMES]
    return {"id": thread.tid, "frames": [frame.site() for frame in shown], "within": within(thread), "when": "exit"}


def within(thread):
    """What the innermost of the program's own frames has called."""
    if not thread.own:
        return None
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


def note_held(thread, until):
    """Things in the locals of its frames, and what those have: one and two steps away, as far as there is time."""
    for frame in thread.frames:
        if now() > until:
            frame.locals
            continue
        for name, value in list(frame.locals.items()) if frame.locals is not frame.globals else ():
            hold(thread, name, value)
            for attribute_name, inner in list(own_attributes(value).items())[:200]:
                hold(thread, name + "." + attribute_name, inner)
                for last_name, innermost in list(own_attributes(inner).items())[:50]:
                    hold(thread, name + "." + attribute_name + "." + last_name, innermost)


def hold(thread, name, value):
    if len(thread.holds) < 5000:
        thread.holds.setdefault(id(value), name)
        thread.things.append(value)
