"""What debuggers of Python bring into a program: frames between its own, and threads, of which nothing is told."""
#: Parts of the paths of debugpy and of pydevd, which it is built on; Debian has both without a folder around them.
OF_DEBUGGERS = (
    *("/debugpy/%s/" % folder for folder in ("_vendored", "server", "common", "adapter", "launcher")),
    *("/_pydev_bundle/", "/_pydevd_bundle/", "/_pydevd_frame_eval/", "/pydevd_plugins/", "/pydevd.py", "/pydevd_"),
)
#: What calls `_thread.start_new_thread` in the place of whoever wants a thread.
PASSES_ON = "pydev_monkey.py"
#: File of a code object → whether it is a debugger's.
IN_DEBUGGER = {}


def in_debugger(code):
    file = code.co_filename
    known = IN_DEBUGGER.get(file)
    if known is None:
        path = "/" + file.replace("\\", "/")
        known = IN_DEBUGGER[file] = any(part in path for part in OF_DEBUGGERS)
    return known


def past_debugger(frame):
    """The frame that wants a thread, without those of a debugger that hands that on."""
    while frame is not None and frame.f_code.co_filename.endswith(PASSES_ON):
        frame = frame.f_back
    return frame


def is_debuggers(frame):
    """Whether a debugger calls, through functions of Python's own perhaps."""
    if "pydevd" not in sys.modules:
        return False
    while frame is not None and frame.f_code.co_filename.startswith(STANDARD_LIBRARY):
        frame = frame.f_back
    return frame is not None and in_debugger(frame.f_code)
