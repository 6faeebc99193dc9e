"""Where the other threads are when one of them has something to tell. Who is in the same loop each time and computes may be asking
again and again without waiting: at the end the source says whether it is so."""


class Glances:
    next = 0
    #: A request for stacks could be taken away so far; else it would be answered for ever.
    answers = True
    #: Id of a thread, `id()` of a code object and a line → the code, which so keeps its id, and an instruction.
    places = {}
    #: Ids of threads → the code that each was given.
    works = {}


#: In µs.
EVERY = 100000
#: With more threads nothing is looked at.
MOST_GLANCED = 64
MOST_PLACES = 64
#: Frames of Python's own between the program and what it asks.
MOST_INNER = 4


def glance(t):
    """Costs a comparison nearly always. Raises nothing but what a signal handler does."""
    if t < Glances.next:
        return
    try:
        Glances.next = t + EVERY
        answer()
        if may_glance():
            interval = sys.getswitchinterval()
            try:
                sys.setswitchinterval(ALONE)  # no thread goes on meanwhile, and leaves its frame to us
                note_places(sys._current_frames())
            finally:
                sys.setswitchinterval(interval)
    except Exception as error:
        problem("glance", error)


def answer():
    """A person who wants to know where the threads are asks by a file. Raises nothing but what a signal handler does."""
    request = Place.activity + ".stacks"
    if not (Glances.answers and os_access(request, 0)):
        return
    try:
        need("last")
        tell_stacks(request)
    except FileNotFoundError:
        pass  # another thread has answered too
    except Exception as error:
        Glances.answers = False
        problem("stacks", error)


#: With interpreters beside this one, frames are not to be had: Python can abort then.
INTERPRETERS = ("_interpreters", "_xxsubinterpreters", "_xxinterpchannels", "_interpchannels")


def may_glance():
    if len(SPOOLS) > MOST_GLANCED or len(Glances.places) >= MOST_PLACES or any(name in sys.modules for name in INTERPRETERS):
        return False
    is_locked = getattr(sys, "_is_gil_enabled", None)
    return is_locked is None or is_locked()


def note_places(frames):
    me = get_ident()
    for ident, own in list(SPOOLS.items()):
        if ident != me and ident not in Waits.current:
            note_place(own.tid, frames.get(ident))


def is_function(code):
    """With a body in the source, other than what a generator expression has."""
    return code.co_name[:1] != "<" or code.co_name == "<module>"


def note_work(tid, function):
    code = code_of(function)
    if code is not None and len(Glances.works) < MOST_PLACES:
        Glances.works[tid] = code


def note_place(tid, frame):
    inner = 0
    while frame is not None and inner < MOST_INNER:
        code = frame.f_code
        if code.co_filename != OUR_FILE:
            if not in_library(code) and is_function(code):
                Glances.places[tid, id(code), frame.f_lineno] = code, frame.f_lasti
                return
            inner += 1
        frame = frame.f_back
