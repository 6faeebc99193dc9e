"""A thread that waits for another without end looks around now and then, so that who waits for a lock is told while the program runs.

It is not woken for that: it waits for a while, and for another, and looks in between. All that calls the wait is in C, so that no
frame of ours is on its stack while it waits."""
from itertools import chain, repeat

SHUTDOWN = threading._shutdown.__code__
#: In s. The first two are as long as a lock must have been waited for.
TIMES = (0.5, 0.5, 1.0, 2.0, 4.0)
LONGEST_TIME = 5.0
#: Of those that leave it to another to look.
IDLE_TIME = 30.0
STEP = 1.0
#: What a lock gives when it has been acquired, and when it has not.
NAMES = {True: "acquired", False: ""}


class Patient:
    """Formatted, whatever else is to be formatted, it waits: in C this is a call with any arguments."""

    __slots__ = ("steps",)

    def __init__(self, steps):
        self.steps = steps

    @property
    def __format__(self):
        return partial(next, self.steps)


def patient(wait, is_over=None):
    """
    What to call in place of `wait`, which takes no time: of a lock's `acquire`; of a handle's `join`, which does not say whether it
    has waited for long enough, `is_over` does. What is raised while we look is raised to who waits.
    """
    errors = []
    if is_over is None:
        tries = map(NAMES.get, map(wait, repeat(True), times(None, errors)))
    else:
        tries = map(wait, times(is_over, errors))
    return partial("{0}".format, Patient(chain(filter(None, tries), map(THROW, errors))), "")


def thrower():
    def over():
        yield

    finished = over()
    finished.close()
    return finished.throw


THROW = thrower()


def times(is_over, errors):
    number = 0
    steps = TIMES[:1]
    while True:
        try:
            for step in steps:
                yield step
                if is_over is not None and is_over():
                    return
                answer()
            steps = (IDLE_TIME,)
            if looks_around():
                number += 1
                steps = steps_of(TIMES[number] if number < len(TIMES) else LONGEST_TIME)
        except GeneratorExit:
            raise
        except BaseException as error:  # as of a signal handler of the program's
            errors.append(apart(error))
            return


def steps_of(time):
    """Who looks around asks for requests more often."""
    return (min(time, STEP),) * max(1, int(time / STEP))


def apart(error):
    """Without our frames in its traceback."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == OUR_FILE:
        trace = trace.tb_next
    error.__traceback__ = trace
    return error


def looks_around():
    """Whether this thread is the one that looks: main if it waits, else the first."""
    ident, t = get_ident(), now()
    try:
        tell_awaited(Waits.current.get(ident))
    except Exception as error:
        problem("awaited", error)
    if ident != Look.ident and ident != MAIN["ident"] and t < Look.until:
        return False
    Look.ident, Look.until = ident, t + int(LONGEST_TIME * 2e6)
    glance(t)
    try:
        look_around(ident, t)
    except Exception as error:
        problem("look around", error)
    return True


#: Frames of it.
MOST_AWAITED = 20


def tell_awaited(wait):
    """At what the thread is that is waited for, if it does not just wait itself."""
    running = RUNNING.get(wait.whom) if wait is not None else None
    if running is None or running.ident in Waits.current or not has_stacks():
        return
    frame = sys._current_frames().get(running.ident)
    frames, task = [], None
    while frame is not None:
        code = frame.f_code
        if not in_library(code) and code.co_filename != OUR_FILE:
            frames.append(site(frame))
        task = task or task_of(frame)
        frame = frame.f_back
    seen = frames[:1], task
    if seen == wait.seen or not (frames or task):
        return
    wait.seen = seen
    facts = {"task": task.name, "from": task.at} if task is not None else {}
    wait.spool.tell("stack", id=running.tid, frames=frames[:MOST_AWAITED], when="awaited", **facts)


class Look:
    #: Of the thread that looks, and until when the others leave it to that, in µs.
    ident = 0
    until = 0
    #: Id of a thread that stands still → how it stands.
    standing = {}
    #: Id of a thread that was told to wait for a lock → how it stands.
    told = {}


def forget_looks():
    Look.ident = Look.until = 0
    Look.standing = {}
    Look.told = {}


class Stand:
    """A thread in a call of the program's own code."""

    __slots__ = ("spool", "place", "turns", "since", "is_judged", "n", "on")

    def __init__(self, own, frame, turns, t):
        self.spool = own
        self.place = id(frame), frame.f_lasti, frame.f_code
        self.turns = turns
        self.since = t
        self.is_judged = False

    def is_like(self, other):
        return other is not None and self.turns == other.turns and self.place == other.place


#: More are not looked at.
MOST_SUSPECTS = 64
#: Stood for so many µs it may wait for a lock for long.
LONG_STAND = 400000


def look_around(me, t):
    tell_moved()
    suspects = [(ident, own) for ident, own in list(SPOOLS.items()) if ident != me and ident not in Waits.current]
    if not suspects or not has_stacks():
        Look.standing = {}
        return
    frames = sys._current_frames()
    standing = {}
    for ident, own in suspects[:MOST_SUSPECTS]:
        stand = stand_of(own, frames.get(ident), t)
        if stand is not None:
            before = Look.standing.get(own.tid)
            standing[own.tid] = before if stand.is_like(before) else stand
    frames = None
    Look.standing = standing
    asks = [tid for tid, stand in standing.items() if not stand.is_judged and t - stand.since >= LONG_STAND]
    if asks:
        need("last")
        for tid in asks:
            standing[tid].is_judged = True
        tell_standing(asks)


def stand_of(own, frame, t):
    if frame is None or in_library(frame.f_code) or frame.f_code.co_filename == OUR_FILE:
        return None
    turns = turns_of(own)
    return None if turns is None else Stand(own, frame, turns, t)


def turns_of(own):
    """How many times the thread has got to run; None where the system does not tell, or it is gone."""
    native = own.native or (Place.pid if own.tid == 0 else 0)
    try:
        fd = os_open("/proc/self/task/%d/status" % native, os.O_RDONLY)
    except OSError:
        return None
    try:
        told = os.read(fd, 4096)
    except OSError:
        return None
    finally:
        os_close(fd)
    start = told.rfind(b"voluntary_ctxt_switches:", 0, told.rfind(b"nonvoluntary"))
    return told[start:] if start >= 0 else None


def tell_moved():
    """Of those that were told to wait for a lock, who does not wait for it any more."""
    for tid, stand in list(Look.told.items()):
        if turns_of(stand.spool) != stand.turns and Look.told.pop(tid, None) is not None:
            told = '{"k":"waited","p":"%s","tid":%d,"t":%d,"n":%d,"outcome":"done"}\n'
            tell_activity(told % (Place.key, tid, now(), stand.n))


def is_told(tid, on):
    """Whether that it waits for this lock has been told, and it still does."""
    stand = Look.told.get(tid)
    return stand is not None and on is not None and stand.on == on and turns_of(stand.spool) == stand.turns
