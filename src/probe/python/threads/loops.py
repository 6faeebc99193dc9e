"""`asyncio.run()` that waits at its end for the threads of its loop's executor: from 3.9 on by a thread of asyncio's own."""
#: Id of that thread → the wait of the loop's thread, while it lasts.
LOOP_ENDS = {}
LOOPS = os.path.join("asyncio", "base_events.py")
RUNNERS = os.path.join("asyncio", "runners.py")


class LoopEnd:
    __slots__ = ("spool", "t", "n")

    def __init__(self):
        self.spool = spool()
        self.t = now()
        self.n = self.spool.take_wait()


def begin_loop_end(tid, at, frame):
    """The loop's thread starts the one that is to wait for it."""
    if Place.activity_bytes == 0:
        return
    facts = {"what": "loop-shutdown", "at": at, "whom": tid}
    while frame is not None:
        code = frame.f_code
        if code.co_name == "shutdown_default_executor" and code.co_filename.endswith(LOOPS):
            timeout = frame.f_locals.get("timeout")
            if type(timeout) in (int, float) and 0 <= timeout < 1e9:
                facts["timeout"] = timeout * 1000
        elif code.co_filename.endswith(RUNNERS):
            facts["what"] = "asyncio-run"
            break
        frame = frame.f_back
    wait = LoopEnd()
    tell_activity('{"k":"wait","p":"%s","tid":%d,"t":%d,"n":%d' % (Place.key, wait.spool.tid, wait.t, wait.n) + members(facts) + "}\n")
    LOOP_ENDS[tid] = wait


def end_loop_end(tid, outcome="done"):
    wait = LOOP_ENDS.pop(tid, None)
    if wait is not None:
        told = '{"k":"waited","p":"%s","tid":%d,"t":%d,"n":%d,"outcome":"%s"}\n'
        tell_activity(told % (Place.key, wait.spool.tid, now(), wait.n, outcome))


def note_executor_shutdown(executor):
    """A loop that is closed, or has waited for long enough, tells its executor to end and waits no longer."""
    if not LOOP_ENDS:
        return
    code, me = get_frame(2).f_code, spool()
    outcome = {"close": "error", "shutdown_default_executor": "timed-out"}.get(code.co_name)
    if outcome is None or not code.co_filename.endswith(LOOPS):
        return
    for tid, wait in list(LOOP_ENDS.items()):
        if wait.spool is me:
            end_loop_end(tid, outcome)
