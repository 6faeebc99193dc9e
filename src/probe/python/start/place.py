"""Where this process writes. `begin_place` is called at the start of each process, also in the child of a fork."""
import os
import sys
import time
from _functools import partial


def clock():
    """The one that Node's `process.hrtime` reads, in ns: elsewhere than on Linux it is not `time.monotonic_ns`."""
    if sys.platform == "win32":
        return time.perf_counter_ns
    if sys.platform == "darwin":
        return lambda: time.clock_gettime_ns(time.CLOCK_MONOTONIC_RAW)
    return time.monotonic_ns


monotonic_ns = clock()
get_frame = sys._getframe
OUR_FILE = "<frozen thread_lifelines>"
HAS_COLUMNS = sys.version_info >= (3, 11)
get_pid = os.getpid
#: Parts of the probe that are there, beside the first.
LOADED = set()


def need(part):
    """Most programs do without most parts: each is loaded when it is needed first."""
    if part not in LOADED:
        load(part)
        LOADED.add(part)


def now():
    """In µs, on the clock that all processes of the machine share."""
    return monotonic_ns() // 1000


thread_time_ns = getattr(time, "thread_time_ns", None)


def computed():
    """Processor time of the current thread, in µs; None where the system does not tell."""
    return thread_time_ns() // 1000 if thread_time_ns is not None else None


class Place:
    """Names of the files that this process writes. There is one at a time; a module's constants cannot change in a fork."""

    key = ""
    file = ""
    #: Path of the files with activity, but for number and ending.
    activity = ""
    #: Bytes of activity that are kept on the disk; 0: none is recorded.
    activity_bytes = 0
    #: Whether tasks of asyncio's loops are told.
    tells_asyncio_tasks = False
    segment = 0
    #: The program may change its working folder.
    folder = ""
    cwd = ""
    pid = 0
    #: The program with its arguments, and the options of Python.
    argv = options = ()
    #: A debugger runs the program, by a script of its own.
    is_debugged = False
    #: In the child of a fork: the descriptors that were open then. What it has in buffers of theirs, its parent has too.
    inherited = None


#: Name of a file → its absolute path.
ABSOLUTE = {}


def absolute(file):
    known = ABSOLUTE.get(file)
    if known is None:
        known = file if file[:1] == "<" else os.path.normpath(os.path.join(Place.cwd, file))
        ABSOLUTE[file] = known
    return known


def open_descriptors():
    """Empty where the system does not tell."""
    for folder in ("/proc/self/fd", "/dev/fd"):
        try:
            return set(filter(is_descriptor, map(int, os.listdir(folder))))
        except (OSError, ValueError):
            pass
    return set()


def is_descriptor(number):
    """That of the list itself is gone."""
    try:
        os.fstat(number)
        return True
    except OSError:
        return False


def begin_place():
    Place.pid = get_pid()
    Place.key = "%d-%d" % (Place.pid, now())
    Place.activity = os.path.join(Place.folder, Place.key)
    Place.file = Place.activity + ".spool.ndjson"
    Place.segment = 0


def find_cwd():
    try:
        Place.cwd = os.getcwd()
    except OSError:
        Place.cwd = "/"  # it is gone


def find_folder():
    """Whether there is one: a program of a terminal makes its own if it is debugged."""
    folder = os.environ.get("THREAD_LIFELINES_SPOOL")
    if not folder:
        parent = os.environ.get("THREAD_LIFELINES_SPOOLS")
        if not parent or not Place.is_debugged:
            return False
        folder = os.path.join(parent, "thread-lifelines-%d-%d" % (get_pid(), now()))
        os.mkdir(folder, 0o700)
        os.environ["THREAD_LIFELINES_SPOOL"] = folder  # for child processes
    use_folder(folder, os.environ.get("THREAD_LIFELINES_ACTIVITY", ""))
    return True


def use_folder(folder, activity):
    Place.folder = os.path.join(Place.cwd, folder)
    mib, *more = activity.split(":")
    Place.tells_asyncio_tasks = "asyncio-tasks" in more and sys.version_info >= (3, 12)
    Place.activity_bytes = (int(mib) if mib.isdigit() else 64) << 20
