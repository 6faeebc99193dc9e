"""How the process ends: main's code, by what; the callbacks after it; and ends that leave all that out."""
import atexit


class End:
    """How far the end of this process has come."""

    #: The last call of `sys.exit()` in main.
    exit_call = None
    has_told_cause = False
    is_over = False
    is_left_to_threads = False
    code = 0


def note_exit(frame, args, named):
    if get_ident() == MAIN["ident"]:
        need("places")
        if in_debugger(frame.f_code):
            return
        End.exit_call = {"code": exit_code(args), "at": person_site(frame)}


MAIN = {"ident": get_ident()}


def note_abrupt_exit(frame, args, named):
    """`os._exit()`: nothing else runs, so all is told now."""
    if End.is_over:
        return
    End.is_over = True
    need("places")
    code = args[0] if args and isinstance(args[0], int) else named.get("status", 0)
    code = int(code) & 0xFF if isinstance(code, int) else 0
    if not End.has_told_cause:
        End.has_told_cause = True
        spool().tell("exiting", cause="abrupt-call", code=code, at=person_site(frame))
        End.code = code
    last_look(True)
    write_kept()
    if MAIN["ident"] == get_ident():
        spool().tell("exited", code=code, computed=computed())


def main_ends(frame):
    """Main's code is over: from `threading._shutdown`, or where nobody ever loaded `threading`, in the last exit handler."""
    own = SPOOLS.get(MAIN["ident"]) or spool()
    lines = end_of_main(own, frame)
    if lines:
        own.write(lines)


def end_of_main(own, frame):
    """What is told of it, if it has not been."""
    if End.has_told_cause:
        return ""
    End.has_told_cause = True
    cause, code, at, error = cause_of_end(frame)
    if isinstance(error, KeyboardInterrupt) and Watch.describe:
        try:
            need("last")
            look_at_main(error.__traceback__)
        except BaseException as failure:  # another Ctrl+C too
            problem("look at main", failure)
    if error is not None and Watch.describe:
        note_main_failed(error)
    lines = own.line("thread-error", dict(error_facts(error), id=0)) if error is not None else ""
    End.code = code
    return lines + own.line("exiting", {"cause": cause, "code": code, "at": at})


def note_main_failed(error):
    """In which loop it was, and whether Python's own class of threads failed."""
    try:
        note_hidden_by(error)
        trace, place = error.__traceback__, None
        while trace is not None:
            if not in_library(trace.tb_frame.f_code) and is_function(trace.tb_frame.f_code):
                place = trace
            trace = trace.tb_next
        if place is not None and isinstance(error, KeyboardInterrupt):
            code = place.tb_frame.f_code
            Glances.places[0, id(code), place.tb_lineno] = code, place.tb_lasti
    except Exception as failure:
        problem("main failed", failure)


def cause_of_end(frame):
    by_error = was_left_by_error()  # in any case: it lets go of main's frame
    main = sys.modules.get("__main__")
    space = main.__dict__ if main is not None else {}
    if frame is not None and frame.f_code.co_name == "_bootstrap" and "multiprocessing" in frame.f_code.co_filename:
        code = frame.f_locals.get("exitcode")
        code = code if isinstance(code, int) else 1
        if End.exit_call is not None:
            return "exit-call", code, End.exit_call["at"], None
        return "error" if code else "returned", code, None, None
    if hasattr(sys, "ps1"):
        return "returned", 0, None, None  # a console, which goes on after errors
    error = uncaught(space)
    is_exit = seems_left_by_exit(space, error) if by_error is None else by_error and error is None
    if is_exit:
        # Raised without a call its code is freed by now.
        call = End.exit_call or {"code": None, "at": None}
        return "exit-call", call["code"], call["at"], None
    if error is not None:
        need("places")
        code = 130 if isinstance(error, KeyboardInterrupt) else 1
        return "error", code, error_site(error.__traceback__), error
    return "returned", 0, None, None


def seems_left_by_exit(space, error):
    """Where main's frame is not known."""
    argv = getattr(sys, "argv", None) or [""]
    if space.get("__spec__") is None and argv[0] != "-c" and not Place.is_debugged:  # where a debugger makes main's module
        # Up to 3.13.0 Python takes `__file__` from a script that ended, unless a SystemExit ends all from within.
        return "__file__" in space
    return End.exit_call is not None and error is None


def uncaught(space):
    """The error that Python printed when main ended by one. Of a console in the program, another."""
    error = getattr(sys, "last_exc", None) or getattr(sys, "last_value", None)
    trace = getattr(error, "__traceback__", None)
    if not isinstance(error, BaseException) or trace is None:
        return None
    outermost = trace.tb_frame
    is_of_main = outermost.f_globals is space or outermost.f_globals.get("__name__") == "runpy"
    return error if is_of_main else None


#: From 3.15 on Python waits for threads again after its exit handlers, which may have started some; before, nobody waits for those.
WAITS_AGAIN = sys.version_info >= (3, 15)


def last_handler():
    """The first that was registered, so the last that runs."""
    try:
        if End.is_over or Place.pid != get_pid():
            return
        if WAITS_AGAIN and "threads" in LOADED:
            End.is_left_to_threads = True  # at first: the last of them may end while we look
            if tell_waits_for_threads():
                return
        end_process(spool())
    except BaseException as error:  # Python would print it
        problem("exit", error)


def end_process(own):
    if End.is_over:
        return
    End.is_over = True  # with no call in between: of two threads that come here at once one alone goes on
    lines = end_of_main(own, None)
    has_run = Started.count == 0 and Watch.describe is not None and run_by_caller() is not None
    if Started.count > 0 or has_run:
        if lines:
            own.write(lines)
        last_look(False)
        lines = ""
    if "subprocess" in sys.modules:
        lines += children_line(own)
    write_kept()
    told = {"code": End.code, "computed": computed() if get_ident() == MAIN["ident"] else None}
    own.write(lines + own.line("exited", told))
    if Started.count > 0:
        settle()


def end_by_thread():
    """A thread is over for which Python waits after its exit handlers. The last of them tells the end, as nothing of main's runs then."""
    if End.is_over or Place.pid != get_pid() or lasting_threads():
        return
    me = get_ident()
    own = SPOOLS[me] = SPOOLS[MAIN["ident"]]
    try:
        end_process(own)
    finally:
        del SPOOLS[me]


def write_kept():
    if Watch.write is not None:
        Watch.write()


def children_line(own):
    """Tells of child processes that live, apart from those that Python's own modules have for themselves."""
    try:
        pids = []
        for task in os.listdir("/proc/self/task"):
            with open("/proc/self/task/%s/children" % task, "rb", 0) as file:
                pids += file.read(10000).split()
        found = [child for child in map(child_told, pids[:MOST_CHILDREN]) if child is not None]
        return own.line("children-left", {"children": found}) if found else ""
    except Exception:
        return ""  # the system does not tell


MOST_CHILDREN = 50
OF_PYTHON = (b"multiprocessing.resource_tracker", b"multiprocessing.forkserver", b"multiprocessing.spawn")


def child_told(word):
    pid = int(word)
    with open("/proc/%d/stat" % pid, "rb", 0) as file:
        state = file.read(1000).rpartition(b")")[2].split()[0]
    with open("/proc/%d/cmdline" % pid, "rb", 0) as file:
        words = file.read(1000).split(b"\0")
    if state in (b"Z", b"X") or any(name in word for word in words for name in OF_PYTHON):
        return None
    return {"name": "ChildProcess", "pid": pid, "command": os.fsdecode(words[0])}


def last_look(is_abrupt):
    """Of threads that the end cuts off. Costs nothing where there are none."""
    if Started.count == 0 and not (Watch.describe and run_by_caller()):
        return
    try:
        need("last")
        look(is_abrupt)
    except Exception as error:
        problem("last look", error)


def watch_endings():
    sys.exit = calling(sys.exit, note_exit)
    os._exit = calling(os._exit, note_abrupt_exit)
    atexit.register(last_handler)
