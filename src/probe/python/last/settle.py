"""Leaves the standard streams as Python expects them.

When no other thread runs any more it flushes them, and aborts where one that
is gone has the lock of a stream. Without us nobody gets to run between main's last statement and that; but each record that we
write lets the others run, and one that prints may have just taken the lock when we go on.
"""
#: Passes, and µs in all: a thread that prints without end takes the lock again and again.
MOST_PASSES = 200
MOST_SETTLING = 100000
#: So long it takes in µs to take a free lock; longer, and somebody else had it and ran.
FREE = 30


def settle():
    interval = sys.getswitchinterval()
    try:
        sys.setswitchinterval(AT_ONCE)
        until = now() + MOST_SETTLING
        busy = busy_files()
        streams = [stream for stream in map(buffer_of, (sys.stdout, sys.stderr)) if stream is not None and cannot_block(stream, busy)]
        for _ in range(MOST_PASSES):
            # One after the other, and once more: while we wait for the second the first may be taken.
            if sum(not is_free(stream) for stream in streams) == 0 or now() > until:
                break
    finally:
        sys.setswitchinterval(interval)


def buffer_of(stream):
    if type(stream) is not _io.TextIOWrapper:
        return None
    buffer = stream.buffer
    return buffer if type(buffer) is _io.BufferedWriter and not buffer.closed else None


def cannot_block(buffer, busy):
    """A thread whose write() waits for a reader has the lock for as long as that: then Python ends as it would without us."""
    number = buffer.fileno()
    if busy is None:
        return os_fstat(number).st_mode & 0o170000 == 0o100000  # a file, which takes all
    return number not in busy


def is_free(buffer):
    """Takes the lock for a moment, with the one call that does nothing else and never lets others run where it is free."""
    before = monotonic_ns()
    buffer.write(b"")
    return monotonic_ns() - before < FREE * 1000
