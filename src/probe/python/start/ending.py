"""How main's code was left: Python prints nothing of a SystemExit, keeps it nowhere, and since 3.13.1 leaves no other trace of it."""


class Main:
    #: Of its module. Goes when main's end is told: kept for longer, it would change what is freed when.
    frame = None


#: Numbers by which `sys.monitoring` knows tools. That for optimizers comes first, of which there is none; people's own take 3 and 4.
TOOLS = (5, 4)


def free_tool():
    """Takes one. None where all have been taken."""
    monitoring = sys.monitoring
    for number in TOOLS:
        if monitoring.get_tool(number) is None:
            monitoring.use_tool_id(number, "thread-lifelines")
            return number
    return None


def watch_main():
    """Until main's code begins, which is soon; before 3.12 its name for itself tells how it was left."""
    if sys.version_info < (3, 12):
        return
    tool = free_tool()
    if tool is None:
        return
    monitoring = sys.monitoring
    begins = monitoring.events.PY_START

    def note_begin(code, offset):
        if code.co_name == "<module>" and is_of_main(get_frame(1)):
            monitoring.set_events(tool, 0)
            monitoring.register_callback(tool, begins, None)
            monitoring.free_tool_id(tool)
        return monitoring.DISABLE

    monitoring.register_callback(tool, begins, note_begin)
    monitoring.set_events(tool, begins)


def is_of_main(frame):
    """Whether it is of main's module, and not of that by which a debugger runs it."""
    try:
        if frame.f_globals.get("__name__") != "__main__":
            return False
        if Place.is_debugged:
            need("places")
            if in_debugger(frame.f_code):
                return False
        Main.frame = frame
    except Exception as error:
        problem("main", error)
    return True


def was_left_by_error():
    """None where that is not known, as when main's code goes on."""
    frame, Main.frame = Main.frame, None
    if frame is None:
        return None
    caller = get_frame(1)
    while caller is not None:
        if caller is frame:
            return None
        caller = caller.f_back
    code = frame.f_code.co_code
    # A module returns by the same as an empty one does.
    return code[frame.f_lasti] != compile("", OUR_FILE, "exec").co_code[-2]
