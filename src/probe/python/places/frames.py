"""Places in the source, by frames."""
STANDARD_LIBRARY = os.path.dirname(os.__file__) + os.sep
#: File of a code object → whether it is Python's or a package's.
IN_LIBRARY = {}


def in_library(code):
    file = code.co_filename
    known = IN_LIBRARY.get(file)
    if known is None:
        packages = "/site-packages/" in file or "/dist-packages/" in file or "\\site-packages\\" in file
        known = packages or file.startswith(STANDARD_LIBRARY) or file.startswith("<frozen ") or in_debugger(code)
        IN_LIBRARY[file] = known
    return known


def column_of(code, instruction):
    if not HAS_COLUMNS or instruction < 0:
        return 1
    wanted = instruction // 2
    for number, position in enumerate(code.co_positions()):
        if number == wanted:
            column = position[2]
            return 1 if column is None else column + 1
    return 1


#: `id()` of a code object and an instruction → the code, which so keeps its id, and the place. Nobody changes one.
SITES = {}
MOST_SITES = 2000


def site(frame):
    code, instruction = frame.f_code, frame.f_lasti
    known = SITES.get((id(code), instruction))
    if known is None:
        if len(SITES) >= MOST_SITES:
            SITES.clear()
        known = SITES[id(code), instruction] = code, site_in(code, frame.f_lineno, instruction)
    return known[1]


def site_in(code, line, instruction):
    function = function_of(code)
    return Kept(file=absolute(code.co_filename), line=line or 1, column=column_of(code, instruction), function=function)


def function_of(code):
    name = code.co_qualname if HAS_COLUMNS else code.co_name
    return None if name == "<module>" else name


def places(frame, machinery=OUR_FILE):
    """Of a call: where it is, apart from the frames of `machinery`; and, where that is in a library, the call in the program."""
    while frame is not None and frame.f_code.co_filename in (OUR_FILE, machinery):
        frame = frame.f_back
    if frame is None:
        return None, None
    at = site(frame)
    if not in_library(frame.f_code):
        return at, None
    while frame is not None and in_library(frame.f_code):
        frame = frame.f_back
    return at, None if frame is None else site(frame)


def person_site(frame, machinery=OUR_FILE):
    """The innermost call in the program, or where there is none the innermost at all."""
    at, outer = places(frame, machinery)
    return outer or at


def carried_by(partial_of):
    """`asyncio.to_thread` has a context run the function."""
    function, args = partial_of.func, partial_of.args
    if args and type(function) is type(len) and function.__name__ == "run" and type(function.__self__).__name__ == "Context":
        return args[0]
    return function


def function_name(function):
    """Name and file of a function of Python's own kinds; of other objects nothing, as to ask them could run anything."""
    for _ in range(4):
        kind = type(function)
        if kind is METHOD:
            function = function.__func__
        elif kind.__name__ == "partial" and kind.__module__ == "functools":
            function = carried_by(function)
        else:
            break
    if type(function) is not FUNCTION:
        return None, None
    code = function.__code__
    return function_of(code) or code.co_name, absolute(code.co_filename)


def has_stacks():
    """
    Not without the lock of the interpreter, where threads run on while they are looked at; nor beside other interpreters, where to
    ask for the stacks can end the process.
    """
    is_locked = getattr(sys, "_is_gil_enabled", None)
    return (is_locked is None or is_locked()) and is_only_interpreter()


def is_only_interpreter():
    """Since 3.14 asyncio loads the module by which others are made."""
    modules = sys.modules.get("_interpreters"), sys.modules.get("_xxsubinterpreters")
    return all(module is None or len(module.list_all()) == 1 for module in modules)


FUNCTION = type(function_name)
METHOD = type(Spool(0).tell)
