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


def tell_waits_for_threads():
    try:
        waits_for = [tid for tid, running in list(RUNNING.items()) if not own_fields(running.thread)["_daemonic"]]
        if waits_for:
            spool().tell("exit-phase", phase="threads", waitsFor=waits_for)
    except Exception as error:
        problem("phase", error)


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
