"""How asyncio's own loops are watched: by events of `sys.monitoring` in four of their functions, and in none of the program's.

So nothing is put in the place of anything, and no frame of ours is on the stack while something else runs. What is called while an
event is told is seen by no debugger. A loop that is not built on asyncio's own tells nothing."""


def note_returned(code, offset, value):
    """A loop has made a task, or was closed."""
    try:
        if code is CREATE:
            made(value, get_frame(1))
        else:
            loop_closed(get_frame(1).f_locals["self"])
    except Exception as error:
        problem("asyncio task", error)


def note_step(code, offset, called, callback):
    """A loop has called something: if it was a step of a task, that may have been its last."""
    try:
        if may_be_step(type(callback)):
            one = ASYNC_TASKS.get(id(callback.__self__))
            if one is not None and one() is callback.__self__:
                one.is_stepped = True
                if is_done(callback.__self__):
                    end_async(one, callback.__self__)
    except Exception as error:
        problem("asyncio step", error)


def note_turn(code, offset):
    """A loop may be about to wait: what is kept would be kept for as long as that."""
    try:
        if has_asyncs() and (is_time_to_write() or not own_fields_of(get_frame(1).f_locals["self"]).get("_ready")):
            write_asyncs()
    except Exception as error:
        problem("asyncio turn", error)


def may_be_step(kind):
    """Whether it is a class of C's own by which a loop calls a task: of others nothing may be asked."""
    if kind is BUILTIN or kind is Steps.kind:
        return True
    if Steps.kind is None and module_of(kind) == "_asyncio":
        Steps.kind = kind
    return kind is Steps.kind


class Steps:
    #: What calls the first step of a task, and each after it that waits for nothing.
    kind = None


def own_fields_of(loop):
    return object.__getattribute__(loop, "__dict__")


BUILTIN = type(len)
#: Of a class; its own `__module__` could be the program's.
module_of = type.__dict__["__module__"].__get__
#: The functions that make a task, and that call what a loop has to call.
CREATE = HANDLE = None
#: Folder of the module.
ASYNCIO = ""


def watch_loops(module):
    global CREATE, HANDLE, ASYNCIO
    monitoring = sys.monitoring
    tool = free_tool() if Place.activity_bytes > 0 else None
    if tool is None:
        return
    loop, events = module.BaseEventLoop, monitoring.events
    CREATE, HANDLE = loop.create_task.__code__, module.events.Handle._run.__code__
    ASYNCIO = os.path.dirname(HANDLE.co_filename) + os.sep
    Watch.write = write_asyncs
    notes = {events.PY_START: note_turn, events.PY_RETURN: note_returned, events.C_RETURN: note_step, events.C_RAISE: note_step}
    for event, note in notes.items():
        monitoring.register_callback(tool, event, note)
    monitoring.set_local_events(tool, CREATE, events.PY_RETURN)
    monitoring.set_local_events(tool, loop.close.__code__, events.PY_RETURN)
    monitoring.set_local_events(tool, loop._run_once.__code__, events.PY_START)
    monitoring.set_local_events(tool, HANDLE, events.CALL)  # which tells of the ends of calls, too
