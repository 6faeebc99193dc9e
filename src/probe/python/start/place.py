"""Where this process writes. `begin_place` is called at the start of each process, also in the child of a fork."""
import os
import sys
import time


def clock():
    """The one that Node's `process.hrtime` reads, in ns: elsewhere than on Linux it is not `time.monotonic_ns`."""
    if sys.platform == "win32":
        return time.perf_counter_ns
    if sys.platform == "darwin":
        return lambda: time.clock_gettime_ns(time.CLOCK_MONOTONIC_RAW)
    return time.monotonic_ns


monotonic_ns = clock()
get_pid = os.getpid


def now():
    """In µs, on the clock that all processes of the machine share."""
    return monotonic_ns() // 1000


class Place:
    """Names of the files that this process writes. There is one at a time; a module's constants cannot change in a fork."""

    key = ""
    file = ""
    #: Path of the files with activity, but for number and ending.
    activity = ""
    #: Bytes of activity that are kept on the disk; 0: none is recorded.
    activity_bytes = 0
    segment = 0
    #: The program may change its working folder.
    folder = ""
    cwd = ""
    pid = 0


def begin_place():
    Place.pid = get_pid()
    Place.key = "%d-%d" % (Place.pid, now())
    Place.activity = os.path.join(Place.folder, Place.key)
    Place.file = Place.activity + ".spool.ndjson"
    Place.segment = 0


def find_folder():
    try:
        Place.cwd = os.getcwd()
    except OSError:
        Place.cwd = "/"  # it is gone
    Place.folder = os.path.join(Place.cwd, os.environ["THREAD_LIFELINES_SPOOL"])
    mib = os.environ.get("THREAD_LIFELINES_ACTIVITY", "").split(":")[0]
    Place.activity_bytes = (int(mib) if mib.isdigit() else 64) << 20
