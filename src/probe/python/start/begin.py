"""The start of a process, also of one that was forked."""


def begin():
    """Returns without having changed anything where there is nothing to observe."""
    if is_in_subinterpreter():
        return
    find_cwd()
    Place.argv, Place.options = command_line()
    Place.is_debugged = is_run_by_debugger(Place.argv)
    if Place.is_debugged:
        need("debugged")
        if is_debuggers_process(Place.argv):
            return
        Place.argv = without_debugger(Place.argv)
    if not find_folder():
        return
    begin_place()
    begin_spools()
    tell_process()
    watch()
    watch_main()


def watch():
    watch_starts()
    watch_endings()
    wanted = {"threading": watch_threading, "concurrent.futures.thread": watch_futures}
    if Place.tells_asyncio_tasks:
        wanted["asyncio.base_events"] = watch_asyncio
    watch_imports(wanted)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=begin_in_child)


def begin_in_child():
    """Only the thread that called fork() is in the child, as its main thread."""
    try:
        Place.inherited = open_descriptors()
        begin_place()
        beside = names_beside()
        if MAIN["ident"] != get_ident():
            Main.frame = None  # another thread forked: its function is what runs here
        MAIN["ident"] = get_ident()
        begin_spools()
        for table in (RUNNING, RAW_STARTING, RAW_ENDED, BESIDE, globals().get("TASKS", {}), globals().get("ADOPTED", set()), globals().get("LET_GO", set())):
            table.clear()
        Started.count = 0
        End.has_told_cause = End.is_over = End.is_left_to_threads = False
        End.exit_call = None
        tell_process(beside)
        if Watch.describe:
            forget_waits()
            Glances.places.clear()
            Glances.works.clear()
        if Watch.write:
            forget_asyncs()
    except Exception:
        pass


MOST_BESIDE = 8


def names_beside():
    """Of threads that lived when this process was forked and are not in it: what they held nobody gives back here."""
    others = [running.thread for running in RUNNING.values() if running.ident != get_ident() and running.thread is not None]
    names = [object.__getattribute__(thread, "__dict__").get("_name") for thread in others[:MOST_BESIDE]]
    return [name for name in names if type(name) is str] or None


def tell_process(beside=None):
    missing = ["python:lock-waits", "python:raw-thread-errors"]
    if hasattr(sys, "_is_gil_enabled") and not sys._is_gil_enabled():
        missing.append("python:stacks")
    own = SPOOLS[MAIN["ident"]]
    own.write(
        own.line("process-start", dict(process_facts([sys.executable or "python"] + Place.argv, Place.options), beside=beside))
        + own.line("hooks-missing", {"names": missing})
    )


def command_line():
    """The program with its arguments, and those of Python. Which file a module is, Python finds out later."""
    argv = list(getattr(sys, "argv", None) or [""])
    original = getattr(sys, "orig_argv", None) or words_of_process()
    options = original[1 : len(original) - len(argv)]
    if argv[0] == "-m" and "-m" in original:
        argv = original[original.index("-m") + 1 :]
        options = original[1 : len(original) - len(argv)]
    elif argv[0] not in ("", "-", "-c", "-m"):
        argv[0] = absolute(argv[0])
    return argv, options


#: The ends of what Python is told to run then: a folder, a file or a module.
BY_DEBUGGERS = ("debugpy", "debugpy/__main__.py", "debugpy.adapter", "debugpy.launcher", "debugpy/adapter", "debugpy/launcher", "pydevd.py")


def is_run_by_debugger(argv):
    return argv[0].replace("\\", "/").endswith(BY_DEBUGGERS)


def words_of_process():
    """Before 3.10, where the system tells them."""
    try:
        with open("/proc/self/cmdline", "rb") as file:
            return [os.fsdecode(word) for word in file.read().split(b"\0")[:-1]]
    except OSError:
        return []


def process_facts(argv, options):
    return {
        "v": 2,
        "pid": Place.pid,
        "ppid": os.getppid(),
        "namespace": namespace_of_pids(),
        "runtime": "python",
        "version": sys.version.split()[0],
        "argv": argv,
        "execArgv": options,
        "cwd": Place.cwd,
        "wall": time.time_ns() // 1000000,
    }


def namespace_of_pids():
    try:
        return os.readlink("/proc/self/ns/pid")
    except (OSError, AttributeError):
        return None


def is_in_subinterpreter():
    """Python loads sitecustomize in each of them, and what we stand on can end the process there."""
    if sys.version_info >= (3, 12):
        try:
            sys.modules["_imp"]._override_multi_interp_extensions_check(0)
            return True  # in the main interpreter it raises
        except RuntimeError:
            return False
    try:
        from _signal import set_wakeup_fd

        set_wakeup_fd(-1)
        return False
    except ValueError:
        return True


def watch_threading(module):
    need("threads")
    watch_thread_class(module)


def watch_futures(module):
    watch_executor(module)


def watch_asyncio(module):
    need("looptasks")
    watch_loops(module)
