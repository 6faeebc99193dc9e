"""The last look at the process, before its end cuts its threads off."""
#: And so soon we run again while one computes.
AT_ONCE = 1e-6
#: The end of the program is not held up by more than twice this: in µs of processor time and, where others have the processor, in all.
MOST_TIME = 200000
MOST_IN_ALL = 600000


class Limit:
    __slots__ = ("time", "in_all")

    def __init__(self):
        self.time, self.in_all = thread_time() // 1000 + MOST_TIME, now() + MOST_IN_ALL

    def is_over(self):
        return thread_time() // 1000 > self.time or now() > self.in_all


thread_time = getattr(time, "thread_time_ns", monotonic_ns)


def look(is_abrupt):
    own = spool()
    interval = sys.getswitchinterval()
    lines = []
    try:
        sys.setswitchinterval(ALONE)
        limit = Limit()
        threads = threads_now(is_abrupt)
        for thread in threads:
            note_held(thread, limit)  # which takes the locals of all frames
        attempt(note_suspended, threads, limit)
        things = things_of_interest(threads)
        sys.setswitchinterval(AT_ONCE)
        limit = Limit()
        for k, told in told_of(threads, things, is_abrupt):
            lines.append(own.line(k, told))
            if limit.is_over():
                break
        if "tell_all_unread" in globals():
            tell_all_unread()
        if lines:
            own.write("".join(lines))
    finally:
        sys.setswitchinterval(interval)
        TREES.clear()
        BODIES.clear()
        TOLD.clear()


def told_of(threads, things, is_abrupt):
    held = []
    for thread in threads:
        stack = attempt(stack_told, thread)
        if stack:
            yield "stack", stack
    for thread in threads:
        told, locks = attempt(blocks_of, thread) or ((), ())
        held.extend(locks)
        for one in told:
            yield "left-undone", one
    attempt(tell_lock_waits, threads, held, now())
    for one in lost_things(threads, things, is_abrupt):
        if one:
            yield "left-undone", one
    for one in attempt(list, tell_clues(threads)) or ():
        yield "clue", one
    if Watch.describe is None:  # the part about Thread objects is not there: nobody imported `threading`
        return
    for one in attempt(list, run_clues()) or ():
        yield "clue", one
    for one in attempt(list, tell_asking(threads)) or ():
        yield "clue", one


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        problem(function.__name__, error)
        return None


#: Ids of threads that were told to wait for a lock → its number.
TOLD = {}


def tell_lock_waits(threads, held, t):
    for tid, facts in lock_waits(threads, held):
        own = next((one for one in list(SPOOLS.values()) if one.tid == tid), None)
        if own is None or Place.activity_bytes == 0 or TOLD.get(tid) == facts["on"] is not None or is_told(tid, facts["on"]):
            continue
        TOLD[tid] = facts["on"]
        tell_lock_wait(own, facts, t)


def tell_lock_wait(own, facts, t):
    """Returns its number."""
    number = own.take_wait()
    head = '{"k":"wait","p":"%s","tid":%d,"t":%d,"n":%d' % (Place.key, own.tid, t, number)
    tell_activity(head + members(facts) + "}\n")
    return number


#: Of the file of a program that goes on: to read a larger one takes longer than it should have to stand still.
MOST_BYTES_LIVE = 1 << 17


def tell_standing(asks):
    """Of threads that have not run for some time: which of them wait for a lock, and who has it."""
    most, interval = Source.most_bytes, sys.getswitchinterval()
    try:
        Source.most_bytes = MOST_BYTES_LIVE
        lock_waits_now(asks)  # others may run while files are read; again, and none does
        sys.setswitchinterval(ALONE)
        found = lock_waits_now(asks)
        sys.setswitchinterval(interval)
        for tid, facts in found:
            stand = Look.standing[tid]
            if turns_of(stand.spool) == stand.turns:
                stand.n, stand.on = tell_lock_wait(stand.spool, facts, stand.since), facts["on"]
                Look.told[tid] = stand
    finally:
        sys.setswitchinterval(interval)
        Source.most_bytes = most
        TREES.clear()
        BODIES.clear()


def lock_waits_now(asks):
    me = spool().tid
    threads = threads_now(me != 0) + [Lived(me, frames_from(get_frame(2)))]
    asking = [thread for thread in threads if thread.tid in asks and may_wait(thread)]
    if not asking:
        return []
    try:
        return lock_waits(asking, [one for thread in threads for one in blocks_of(thread)[1]])
    finally:
        forget_locals(threads)


def look_at_locks(frame, t):
    """A wait of main was broken off: a moment later the locks may be free that the others waited for."""
    threads = threads_now(False)
    if not any(may_wait(thread) for thread in threads):
        return
    threads.append(Lived(0, frames_from(frame)))
    try:
        held = [one for thread in threads for one in blocks_of(thread)[1]]
        tell_lock_waits(threads, held, t)
    finally:
        forget_locals(threads)


def look_at_main(trace):
    """Main was broken off: whether it asked for a lock, and who had it. Since when is not known, so the wait is told without a length."""
    frames = []
    while trace is not None:
        frame = Frame(trace.tb_frame)
        frame.line, frame.instruction = trace.tb_lineno or 1, trace.tb_lasti
        frames.insert(0, frame)
        trace = trace.tb_next
    main = Lived(0, frames)
    if not may_wait(main):
        return
    found = [(lock_in(meant(one, main.own[0])), dotted(one)) for one in asked(body_of(main.own[0].code), main.own[0])]
    found = [one for one in found if one[0] is not None]
    if len(found) != 1:
        return
    lock, name = found[0]
    held = taken_by(main, lock) or [one for thread in threads_now(False) for one in blocks_of(thread)[1] if one.lock is lock]
    if len(held) == 1 or is_locked(lock):
        tell_wait_of_main(lock, name, main.own[0].site(), held)


def taken_by(main, lock):
    """By a block around: it has been left meanwhile, and the lock given back."""
    if type(lock) is RLOCK:
        return []
    found = []
    for frame in main.own:
        body = body_of(frame.code)
        for block in pending(body, At(frame.code, frame.line, frame.instruction)) if body is not None else ():
            for item in getattr(block, "items", ()):
                if lock_in(meant(item.context_expr, frame)) is lock:
                    held = Held()
                    held.lock, held.name, held.at, held.thread = lock, None, place_of(frame, block), 0
                    found.append(held)
    return found


def tell_wait_of_main(lock, name, at, held):
    own, t = spool(), now()
    facts = {"what": "rlock" if type(lock) is RLOCK else "lock", "at": at, "on": number_of(lock), "name": name}
    if len(held) == 1:
        facts["holder"], facts["heldAt"] = held[0].thread, held[0].at
    number = own.take_wait()
    head = '"p":"%s","tid":%d,"t":%d,"n":%d' % (Place.key, own.tid, t, number)
    if Place.activity_bytes:
        tell_activity('{"k":"wait",' + head + members(facts) + '}\n{"k":"waited",' + head + ',"outcome":"error"}\n')


def lost_things(threads, things, is_abrupt):
    files, queues, connections, processes = things
    frozen = frozen_globals(threads)
    if not is_abrupt:
        for thread, space in frozen:
            if space is main_names():
                yield {"undone": "globals", "id": thread.tid}
    spaces = {id(space): space for _, space in frozen}

    def is_lost(file):
        """At a usual end Python flushes all but what a thread that is cut off has, and what it does not finalize for its sake."""
        thread, name = holder_of(threads, file)
        if thread is not None:
            return thread, opened_by(thread, name)
        if is_standard(file):
            return (None, None) if is_abrupt else None
        for space in [main_names()] if is_abrupt else spaces.values():
            for name, value in list(space.items()):
                if value is file or value is getattr(file, "buffer", None):
                    return None, opened_in_module(space, name)
        return (None, None) if is_abrupt else None

    busy = busy_files()
    for told in unflushed(files, is_lost, busy):
        yield told
    for queue in queues:
        yield attempt(queue_told, queue, threads)
    yield attempt(pending_tasks)
    for connection in connections:
        yield attempt(transaction_told, connection, threads)
    for process in processes:
        yield attempt(process_told, process, threads)


def frozen_globals(threads):
    """Names of modules whose functions a thread runs that is cut off: Python does not finalize them."""
    found = []
    for thread in threads:
        for frame in thread.frames:
            if not any(of is thread and space is frame.globals for of, space in found):
                found.append((thread, frame.globals))
    return found


def is_standard(file):
    return any(file is one or getattr(one, "buffer", None) is file for one in (sys.__stdout__, sys.__stderr__) if one is not None)


def opened_by(thread, name):
    for frame in thread.own + thread.suspended:
        if name in frame.locals:
            body = body_of(frame.code)
            call = made_at(body, name) if body is not None else None
            return place_of(frame, call) if call is not None else None
    return None


def opened_in_module(space, name):
    file = space.get("__file__") or script()
    tree = tree_of(absolute(file)) if file else None
    call = made_at(tree, name) if tree is not None else None
    return None if call is None else {"file": absolute(file), "line": call.lineno, "column": call.col_offset + 1, "function": None}


def script():
    """Python has taken `__file__` from main by now."""
    argv = getattr(sys, "argv", None)
    return argv[0] if argv and argv[0][-3:] == ".py" else None
