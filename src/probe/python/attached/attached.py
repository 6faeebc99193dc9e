"""Brought in by a debugger while the program runs: what was before is not known, but for the threads that live."""

import threading


def begin_attached(folder, activity):
    """Called in a thread of the debugger's. Returns a word where nothing was changed, else None."""
    if is_observed():
        return "observed"
    find_cwd()
    use_folder(folder, activity)
    Place.argv, Place.options = command_line()
    Place.is_debugged = is_run_by_debugger(Place.argv)
    if Place.is_debugged:
        need("debugged")
        Place.argv = without_debugger(Place.argv)
    MAIN["ident"] = threading.main_thread().ident
    begin_place()
    begin_spools()
    need("starts")
    BESIDE.update(idents_of_debugger())
    adopted = [adopted_thread(thread) for thread in threading.enumerate() if thread.ident not in SPOOLS and thread.ident not in BESIDE]
    tell_process()
    watch()
    find_main(sys._current_frames().get(MAIN["ident"]))
    threading._active = Active(threading._active)
    for running in adopted:
        tell_adopted(running)
    return None


def find_main(frame):
    """Main's module, among the frames of the main thread."""
    while frame is not None and not (frame.f_code.co_name == "<module>" and is_of_main(frame)):
        frame = frame.f_back


def is_observed():
    """Whether a probe is in this process: it has put an object of its own in the place of `sys.exit`."""
    stands_in = getattr(type(sys.exit), "__reduce__", None)
    return getattr(getattr(stands_in, "__code__", None), "co_filename", None) == OUR_FILE


def idents_of_debugger():
    """Of its threads, which it takes out of Python's table of threads."""
    known = {thread.ident for thread in threading.enumerate() if not runs_debugger(thread)}
    return {ident for ident, frame in sys._current_frames().items() if ident not in known and is_within_debugger(frame)}


def runs_debugger(thread):
    run = getattr(type(thread), "run", None)
    return type(run) is FUNCTION and in_debugger(run.__code__)


def is_within_debugger(frame):
    """Whether all of it is the debugger's, but for what is Python's own."""
    is_within = False
    while frame is not None:
        if in_debugger(frame.f_code):
            is_within = True
        elif not in_library(frame.f_code) and frame.f_code.co_filename[:1] != "<":
            return False
        frame = frame.f_back
    return is_within


def adopted_thread(thread):
    """Its start is not known, nor will be whether an error ends it."""
    running = Running(ids(), thread, None)
    running.ident = thread.ident
    own = SPOOLS[running.ident] = Spool(running.tid)
    own.native = thread.native_id or 0
    RUNNING[running.tid] = running
    ADOPTED.add(running.tid)
    Started.count += 1
    return running


def tell_adopted(running):
    thread, own, main = running.thread, SPOOLS.get(running.ident), SPOOLS[MAIN["ident"]]
    if own is None or own.tid != running.tid:
        return  # it has ended meanwhile
    told = {"id": running.tid, "name": thread.name, "daemon": thread.daemon, "madeBy": "attached"}
    target = work_of(thread, type(thread))
    if target is not None:
        told["runs"], told["file"] = function_name(target)
    remembered(TIDS, thread, running.tid)
    main.write(main.line("thread-start", told) + own.line("thread-begin", {"native": own.native} if own.native else {}))


#: Ids of threads that have begun before the probe.
ADOPTED = set()


class Active(dict):
    """In place of the table of living threads: each leaves it as its last act."""

    __slots__ = ()

    def __delitem__(self, ident):
        dict.__delitem__(self, ident)
        try:
            own = SPOOLS.get(ident)
            running = RUNNING.get(own.tid) if own is not None else None
            if running is not None and running.tid in ADOPTED and ident == get_ident():
                end_thread(running)
        except Exception:
            pass
