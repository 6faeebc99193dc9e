"""Writes records to the process's spool file: at once, whole, in the thread where they happen.

No file stays open in between, so that no file descriptor of the program gets another number, and none can be closed, or made
another file, under us. There is no lock: a signal handler may come in anywhere, and another thread be killed anywhere.
"""
import _thread

get_ident = _thread.get_ident
#: None where the system has none.
native_id = getattr(_thread, "get_native_id", None)
os_open, os_write, os_close, os_link, os_unlink, os_fstat, os_access = os.open, os.write, os.close, os.link, os.unlink, os.fstat, os.access
FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT
#: Records that wait for a disk with room, or a free file descriptor; later ones are counted as lost.
MOST_PENDING = 1000
MOST_PROBLEMS = 20


def appended(file, text, is_sized=False):
    """Returns the size of the file in bytes if that is asked for, else 1; 0 when the text was not written whole."""
    try:
        fd = os_open(file, FLAGS, 0o600)
    except OSError:
        return 0
    try:
        data = text.encode("ascii")
        if os_write(fd, data) != len(data):
            return 0
        return os_fstat(fd).st_size if is_sized else 1
    except OSError:
        return 0
    finally:
        os_close(fd)


def tell_failure():
    """By a second name of the file: that needs neither room on the disk nor a file descriptor."""
    try:
        os_link(Place.file, Place.activity + ".unwritten")
    except OSError:
        pass  # it has been told, or there is no way to tell


class Spool:
    """What one thread tells. Numbers are taken from iterators: that is one step, which nothing can come into."""

    __slots__ = ("tid", "take_number", "pending", "count", "lost", "problems", "take_wait", "native")

    def __init__(self, tid):
        self.tid = tid
        self.take_number = iter(range(1 << 32)).__next__
        self.take_wait = iter(range(1 << 32)).__next__
        self.pending = ""
        self.count = self.lost = self.problems = 0
        #: Its number in the system, once it has begun.
        self.native = 0

    def line(self, k, told, number=None, t=None):
        if number is None:
            number = self.take_number()
        head = '{"k":"%s","p":"%s","tid":%d,"q":%d,"t":%d' % (k, Place.key, self.tid, number, t or now())
        return head + members(told) + "}\n"

    def begin_line(self):
        native = ""
        if native_id is not None:
            self.native = native_id()
            native = ',"native":%d' % self.native
        told = '{"k":"thread-begin","p":"%s","tid":%d,"q":%d,"t":%d%s}\n'
        return told % (Place.key, self.tid, self.take_number(), now(), native)

    def exit_line(self, code):
        told = '{"k":"thread-exit","p":"%s","tid":%d,"q":%d,"t":%d,"id":%d,"code":%d,"computed":%d}\n'
        return told % (Place.key, self.tid, self.take_number(), now(), self.tid, code, computed() or 0)

    def tell(self, k, **told):
        """Never raises."""
        try:
            self.write(self.line(k, told))
        except Exception:
            pass  # the program must not notice

    def write(self, lines):
        if self.count == 0 and appended(Place.file, lines):
            return
        if self.lost > 0 and self.count < MOST_PENDING:
            lost, self.lost = self.lost, 0
            lines = self.line("records-lost", {"count": lost}) + lines
        if self.count >= MOST_PENDING:
            self.lost += lines.count("\n")
        else:
            self.pending += lines
            self.count += 1
        if self.count > 1 and appended(Place.file, self.pending):
            self.pending = ""
            self.count = 0
            return
        tell_failure()
        # What the disk took in part, of this thread's or another's, is ended, and ours is written once more whole.
        if self.pending[:1] != "\n":
            self.pending = "\n" + self.pending

    def problem(self, where, error):
        """A hook of ours failed; the program went on."""
        self.problems += 1
        if self.problems <= MOST_PROBLEMS:
            self.tell("probe-error", message="%s: %s: %s" % (where, type(error).__name__, message_of(error)))


class Silent(Spool):
    """That of threads that are none of the program's."""

    __slots__ = ()

    def write(self, lines):
        pass


#: Idents of such threads that run.
BESIDE = set()
SILENT = Silent(-1)
#: Ident of a thread that runs → what it tells. An ident is used again by a later thread.
SPOOLS = {}
#: Ids of threads, which are never used again in a process.
ids = None


def begin_spools():
    global ids
    SPOOLS.clear()
    SPOOLS[MAIN["ident"]] = Spool(0)
    ids = iter(range(1, 1 << 31)).__next__


def spool():
    """That of the current thread."""
    own = SPOOLS.get(get_ident())
    return own if own is not None else adopted()


def adopted():
    """A thread that was made elsewhere than in Python, or told of nobody knows by whom; or whose starter has not come to tell of it."""
    if get_ident() in BESIDE:
        return SILENT
    tid = raw_thread_begun() if RAW_STARTING else None
    own = SPOOLS.get(get_ident())
    if tid is None and own is not None:
        return own  # its starter has just told of it
    own = SPOOLS[get_ident()] = Spool(tid or ids())
    own.write(own.begin_line())
    return own


def problem(where, error):
    """Raises what a signal handler of the program's raised, as main alone runs them: the program is to see it."""
    try:
        need("places")
        is_ours = End.has_told_cause or get_ident() != MAIN["ident"] or not is_of_handler(error)
        if is_ours:
            spool().problem(where, error)
    except Exception:
        is_ours = True
    if not is_ours:
        raise error


def tell_activity(text):
    """
    Activity is kept in two files at most: when the newer is full, a third is begun and the oldest removed. What cannot be
    written is gone.
    """
    segment = Place.segment
    size = appended("%s.%d.activity.ndjson" % (Place.activity, segment), text, True)
    if not size:
        tell_failure()
    if size < Place.activity_bytes // 2 or segment != Place.segment:
        return
    Place.segment = segment + 1
    if segment > 0:
        try:
            os_unlink("%s.%d.activity.ndjson" % (Place.activity, segment - 1))
        except OSError:
            pass  # it is gone
