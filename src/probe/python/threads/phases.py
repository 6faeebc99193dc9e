"""What the end of the process waits for, one after the other."""


def note_shutdown(frame):
    """C calls `threading._shutdown` when main's code is over, and multiprocessing does in its children."""
    if End.is_over or get_ident() != MAIN["ident"]:
        return
    is_first = not End.has_told_cause
    main_ends(frame)
    if not is_first:
        return
    callbacks = getattr(threading, "_threading_atexits", None)
    if callbacks:
        spool().tell("exit-phase", phase="callbacks")
        callbacks.insert(0, tell_waits_for_threads)  # they run backwards
    else:
        tell_waits_for_threads()
    atexit.register(tell_handlers)  # runs before all that were registered so far
    watch_ignored()


def tell_waits_for_threads():
    """Returns whether there are any."""
    try:
        waits_for = lasting_threads()
        if waits_for:
            spool().tell("exit-phase", phase="threads", waitsFor=waits_for)
        return bool(waits_for)
    except Exception as error:
        problem("phase", error)
        return False


#: Ids of threads for which Python waited until an error broke that off: it does not do so again.
LET_GO = set()


def lasting_threads():
    """Ids of those that are no daemons."""
    return [tid for tid, running in list(RUNNING.items()) if tid not in LET_GO and not own_fields(running.thread)["_daemonic"]]


def watch_ignored():
    """Of an error that Python ignores in what it calls at the end an audit hook hears. Nobody can remove one: it must never raise."""

    def hook(event, args, wanted="sys.unraisablehook", note=note_ignored):
        if event == wanted:
            try:
                note(args[1])
            except:  # whatever is left of our names then
                pass

    sys.addaudithook(hook)


#: From 3.10 on; before, Python asks nobody when an exit handler fails.
OF_HANDLER = "atexit callback"
OF_SHUTDOWN = "threading shutdown"


def note_ignored(ignored):
    try:
        if End.is_over or Place.pid != get_pid() or get_ident() != MAIN["ident"]:
            return
        error, words = ignored.exc_value, ignored.err_msg or ""
        of_handler, of_shutdown = OF_HANDLER in words, OF_SHUTDOWN in words or ignored.object is threading
        if of_shutdown:
            LET_GO.update(RUNNING)
        if (of_handler or of_shutdown) and not isinstance(error, KeyboardInterrupt):
            tell_failed(error, of_handler)
        if of_shutdown and End.is_left_to_threads:
            end_process(spool())
    except BaseException as failure:
        problem("ignored", failure)


def tell_failed(error, of_handler):
    """What the end of the process called."""
    facts = error_facts(error)
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename in (OUR_FILE, THREADING):
        trace = trace.tb_next
    name = function_of(trace.tb_frame.f_code) if trace is not None else None
    kind, message = facts["name"], facts["message"]
    told = {"message": kind + ": " + message if message else kind, "stack": facts["stack"], "at": facts["at"]}
    spool().tell("exit-failed", phase="exit-handlers" if of_handler else "callbacks", name=name, **told)


def tell_handlers():
    try:
        if Place.pid == get_pid() and not End.is_over:
            spool().tell("exit-phase", phase="exit-handlers")
    except Exception as error:
        problem("phase", error)


def watch_shutdown(module):
    module._shutdown = shutting_down(module._shutdown)


def shutting_down(function):
    def call(self):
        try:
            note_shutdown(get_frame(1) if has_caller() else None)
        except Exception as error:
            problem("shutdown", error)
        return function

    return type("function", (), {"__slots__": (), "__call__": property(call), "__name__": function.__name__})()


def has_caller():
    """Whether Python code calls, beside ours."""
    return get_frame(1).f_back is not None
