"""Python loads this at its start, as PYTHONPATH names its folder: brings in the probe, and hands on to the program's own.

Any Python reads it, also those that are too old to be observed.
"""
import sys


def _hand_on(folder):
    """The program's own sitecustomize is loaded as if this one were not there; site.py expects an ImportError without one."""
    sys.path[:] = [entry for entry in sys.path if entry != folder]
    sys.path_importer_cache.pop(folder, None)
    sys.modules.pop("sitecustomize", None)
    __import__("sitecustomize")


def _begin(folder):
    if sys.version_info < (3, 8):
        return _tell_unsupported()
    if sys.implementation.name != "cpython":
        return None  # what the probe stands on is CPython's alone
    import os

    if os.environ.get("THREAD_LIFELINES_SPOOL") or (os.environ.get("THREAD_LIFELINES_SPOOLS") and _may_be_debugged()):
        return _loaded(folder, os)["begin"]()
    return None


def _may_be_debugged():
    """Of the programs of a terminal those alone are observed; up to 3.9 the name of a module is not known yet."""
    words = getattr(sys, "orig_argv", None)
    return words is None or any("debugpy" in word for word in words)


def _loaded(folder, os):
    """The names of the probe, of which all parts share one namespace."""
    import marshal

    parts = {}

    def load(name):
        exec(_code(folder, name, marshal, os), parts)

    parts.update(__name__="thread_lifelines", load=load)
    load("start")
    return parts


def attach(folder, spool, activity):
    """Called by a debugger in a program that runs already: `spool` is where it tells how that went, if not by its records."""
    import os

    if not os.path.isdir(spool):
        return  # the program sees other files
    outcome = "failed"
    try:
        if sys.version_info >= (3, 8) and sys.implementation.name == "cpython":
            parts = _loaded(folder, os)
            parts["need"]("attached")
            outcome = parts["begin_attached"](spool, activity)
    except Exception:
        pass
    if outcome is not None:
        with open(os.path.join(spool, outcome), "w"):
            pass


def _code(folder, name, marshal, os):
    """Compiling takes several times as long as all else that is done at the start: what was compiled is kept beside the source."""
    source = os.path.join(folder, name + ".py")
    made = os.stat(source)
    magic = sys.modules["_frozen_importlib_external"].MAGIC_NUMBER
    mark = b"%b %d %d\n" % (magic[:2], made.st_size, made.st_mtime_ns)
    kept = os.path.join(folder, "__pycache__", "%s.%s.lifelines" % (name, sys.implementation.cache_tag))
    try:
        data = _read(kept, os)
        if data.startswith(mark):
            return marshal.loads(data[len(mark) :])
    except Exception:
        pass  # there is none yet, or one that was cut short
    text = _read(source, os)
    # Under such a name debuggers take its frames for Python's own.
    code = compile(text, "<frozen thread_lifelines>", "exec", dont_inherit=True, optimize=2)
    _keep(kept, mark + marshal.dumps(code), os)  # in a folder of ours, whatever the program wants for its own files
    return code


def _read(file, os):
    fd = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(fd, os.fstat(fd).st_size)
    finally:
        os.close(fd)


def _keep(file, data, os):
    draft = "%s.%d" % (file, os.getpid())
    try:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(draft, "wb") as out:
            out.write(data)
        os.replace(draft, file)
    except OSError:
        pass  # the folder is not ours to write in: each process compiles for itself


def _tell_unsupported():
    """Python 2.7 and those before 3.8 lack what the probe stands on, such as a clock of whole numbers."""
    import os
    import time

    spool = os.environ.get("THREAD_LIFELINES_SPOOL")
    if not spool:
        return
    monotonic = getattr(time, "monotonic", None)
    if monotonic is None:
        with open("/proc/uptime") as file:
            since = float(file.read().split()[0])
    else:
        since = monotonic()
    t = int(since * 1e6)
    key = "%d-%d" % (os.getpid(), t)
    line = '{"k":"unsupported","p":"%s","tid":0,"q":0,"t":%d,"v":2,"pid":%d,"runtime":"python","version":"%s","wall":%d}\n'
    told = line % (key, t, os.getpid(), sys.version.split()[0], int(time.time() * 1000))
    fd = os.open(os.path.join(spool, key + ".spool.ndjson"), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 384)
    try:
        os.write(fd, told.encode("ascii"))
    finally:
        os.close(fd)


def _folder():
    return __file__.rpartition("/")[0] or __file__.rpartition("\\")[0] or "."


if __name__ == "sitecustomize":
    try:
        _begin(_folder())
    except Exception:
        pass  # the program goes on without a probe
    _hand_on(_folder())
