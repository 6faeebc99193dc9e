"""What nobody will finish any more: blocks, locks, files, queues, transactions, processes."""
import _io
import gc

LOCK = type(_thread.allocate_lock())
RLOCK = _thread.RLock
FILES = (_io.TextIOWrapper, _io.BufferedWriter, _io.BufferedRandom)
NEWLINES = ("", "\n", "\r", "\r\n")


class Held:
    """A lock that a thread took by a block that it is in."""

    __slots__ = ("lock", "name", "at", "thread")


def lock_in(thing):
    """The lock that something stands for which is used like one; and None."""
    if type(thing) in (LOCK, RLOCK):
        return thing
    if type(thing) is threading.Condition:
        return lock_in(own_attributes(thing).get("_lock"))
    return None


def is_locked(lock):
    return lock.locked() if type(lock) is LOCK else "locked <" in repr(lock).replace("unlocked", "")[:20] or "owner=0 " not in repr(lock)


def waits_inside(thread, frame, thing):
    """In `with condition: condition.wait()` its lock is free while it waits."""
    inner = thread.frames[: thread.frames.index(frame)] if frame in thread.frames else ()
    return any(one.code is WAIT and one.locals.get("self") is thing for one in inner)


def blocks_of(thread):
    """Of its own frames: what to tell of the blocks that they are in, and the locks among them."""
    told, held = [], []
    for frame in thread.own + thread.suspended:
        body = body_of(frame.code)
        if body is None:
            continue
        for block in pending(body, At(frame.code, frame.line, frame.instruction)):
            locks = locks_of(thread, frame, block)
            held.extend(locks)
            for one in locks:
                told.append({"undone": "lock", "id": thread.tid, "name": one.name, "at": one.at})
            if kind_of(block) in ("Try", "TryStar") or len(locks) < len(block.items) and not is_condition(frame, block):
                at = place_of(frame, block)
                left = attempt(file_left, frame, block)
                told.append({"undone": "cleanup", "id": thread.tid, "name": frame.code.co_name, "at": at, "path": left})
        for one in locks_by_calls(thread, frame, body):
            if not any(other.lock is one.lock for other in held):
                held.append(one)
                told.append({"undone": "lock", "id": thread.tid, "name": one.name, "at": one.at})
    return told, held


#: By what a block removes a file or a folder: as a function of its path, and as a method of a path.
REMOVES = ("os.remove", "os.unlink", "os.rmdir", "shutil.rmtree", "remove", "unlink", "rmdir", "rmtree")
REMOVES_ITSELF = ("unlink", "rmdir")


def file_left(frame, block):
    """Path of a file that is there and that the end of the block would have removed."""
    for node in descendants(block) if kind_of(block) not in ("With", "AsyncWith") else ():
        if kind_of(node) != "Call" or not any(covers(one, node.lineno) for one in block.finalbody):
            continue
        thing = None
        if dotted(node.func) in REMOVES and node.args:
            thing = meant(node.args[0], frame)
        elif kind_of(node.func) == "Attribute" and node.func.attr in REMOVES_ITSELF and not node.args:
            thing = meant(node.func.value, frame)
        path = thing if type(thing) is str else str(thing) if type(thing).__module__.startswith("pathlib") else None
        if path is not None and os.path.exists(path):
            return absolute(path)
    return None


def is_condition(frame, block):
    return any(type(meant(item.context_expr, frame)) is threading.Condition for item in block.items)


def place_of(frame, node):
    return {"file": absolute(frame.code.co_filename), "line": node.lineno, "column": node.col_offset + 1, "function": function_of(frame.code)}


def locks_of(thread, frame, block):
    if kind_of(block) in ("With", "AsyncWith"):
        expressions = [(item.context_expr, block) for item in block.items]
    else:
        calls = [node for statement in block.finalbody for node in [statement] + list(descendants(statement)) if kind_of(node) == "Call"]
        expressions = [(node.func.value, block) for node in calls if kind_of(node.func) == "Attribute" and node.func.attr == "release"]
    found = []
    for expression, node in expressions:
        thing = meant(expression, frame)
        lock = lock_in(thing)
        if lock is None or not is_locked(lock) or waits_inside(thread, frame, thing):
            continue
        held = Held()
        held.lock, held.name, held.at, held.thread = lock, called(expression, frame), place_of(frame, node), thread.tid
        found.append(held)
    return found


def locks_by_calls(thread, frame, body):
    """Locks that the frame took by `acquire()` in a statement of its own, and has not given back since."""
    found = []
    at = At(frame.code, frame.line, frame.instruction)
    for expression, call in taken(body, at):
        lock = lock_in(meant(expression, frame))
        if lock is None or not is_locked(lock) or any(one.lock is lock for one in found):
            continue
        held = Held()
        held.lock, held.name, held.at, held.thread = lock, called(expression, frame), place_of(frame, call), thread.tid
        found.append(held)
    return found


def may_wait(thread):
    """Whether it is at a `with` or an `acquire()`: by its innermost frame, of the program's own."""
    if not thread.own or thread.frames[0] is not thread.own[0]:
        return False
    body = body_of(thread.own[0].code)
    return body is not None and len(asked(body, thread.own[0])) > 0


def lock_waits(threads, held):
    """Of threads that ask for a lock that is taken: for which, and who has it."""
    told = []
    for thread in threads:
        found = awaited(body_of(thread.own[0].code), thread.own[0]) if may_wait(thread) else None
        if found is None:
            continue
        lock, name = found
        holders = [one for one in held if one.lock is lock]
        facts = {"what": "rlock" if type(lock) is RLOCK else "lock", "at": thread.own[0].site(), "on": number_of(lock), "name": name}
        if len(holders) == 1 and not (type(lock) is RLOCK and holders[0].thread == thread.tid):
            facts["holder"], facts["heldAt"] = holders[0].thread, holders[0].at
        told.append((thread.tid, facts))
    return told


def awaited(body, frame):
    """The lock that the frame asks for, and its name, where no other can be meant."""
    found = [(lock_in(meant(one, frame)), called(one, frame)) for one in asked(body, frame)]
    found = [one for one in found if one[0] is not None and is_locked(one[0])]
    return found[0] if len(found) == 1 else None


def asked(body, frame):
    """What stands for a lock where the frame is, by the source alone."""
    at = At(frame.code, frame.line, frame.instruction)
    expressions = []
    for node in descendants(body):
        if kind_of(node) in ("With", "AsyncWith"):
            if any(covers(item.context_expr, at.line) for item in node.items) and node not in pending(body, at):
                expressions.extend(entered(node, frame))
        elif kind_of(node) == "Call" and kind_of(node.func) == "Attribute" and node.func.attr == "acquire":
            if at.is_in(node):
                expressions.append(node.func.value)
    return expressions


def entered(statement, frame):
    """Which of the things of a `with` is being entered: they are, one after the other."""
    items = [item.context_expr for item in statement.items]
    if len(items) == 1:
        return items
    import opcode

    wanted = [opcode.opmap[name] for name in ("SETUP_WITH", "BEFORE_WITH") if name in opcode.opmap]
    lines = range(statement.lineno, statement.items[-1].context_expr.end_lineno + 1)
    code = frame.code.co_code
    number = sum(1 for i in range(0, frame.instruction + 1, 2) if code[i] in wanted and line_at(frame.code, i) in lines)
    return [items[number - 1]] if 0 < number <= len(items) else items


def line_at(code, instruction):
    if hasattr(code, "co_lines"):
        return next((line for start, end, line in code.co_lines() if start <= instruction < end), None)
    line, offset = code.co_firstlineno, 0
    table = code.co_lnotab
    for i in range(0, len(table), 2):
        offset += table[i]
        if offset > instruction:
            break
        line += table[i + 1] - 256 if table[i + 1] > 127 else table[i + 1]
    return line


#: With more blocks of memory it would take longer to look at all objects than the end of a program may.
MOST_BLOCKS = 2000000


def things_of_interest(threads):
    """Files, queues, connections and processes that there are: those near the threads and main, and where there are not too many objects all."""
    files, waiting, connections, processes = [], [], [], []
    kinds, seen = {}, set()
    queue = getattr(sys.modules.get("queue"), "Queue", None)
    connection = getattr(sys.modules.get("sqlite3"), "Connection", None)
    process = getattr(sys.modules.get("subprocess"), "Popen", None)
    for thing in near_things(threads):
        of = kinds.get(type(thing))
        if of is None:
            of = kinds[type(thing)] = list_for(type(thing), queue, connection, process)
        if of == 0 or id(thing) in seen:
            continue
        seen.add(id(thing))
        (files, waiting, connections, processes)[of - 1].append(thing)
    if Place.inherited is None:
        return files, waiting, connections, processes
    # Of what a forked process has of its parent, the parent has its own; of all but files nobody knows.
    return [file for file in files if not is_inherited(file)], [], [], []


def is_inherited(file):
    try:
        buffer = file.buffer if type(file) is _io.TextIOWrapper else file
        raw = buffer.raw if type(buffer) in FILES else None
        return type(raw) is not _io.FileIO or raw.fileno() in Place.inherited
    except Exception:
        return True  # it is closed, or taken apart


def list_for(kind, queue, connection, process):
    mro = type.mro(kind) if issubclass(kind, type) else kind.__mro__
    return 1 if kind in FILES else 2 if queue in mro else 3 if connection in mro else 4 if process in mro else 0


def near_things(threads):
    yield from list(main_names().values())
    for thread in threads:
        yield from thread.things
    if sys.getallocatedblocks() < MOST_BLOCKS:
        yield from gc.get_objects()


def holder_of(threads, thing):
    """The only one of the threads that has it, and what it calls it."""
    found = [(thread, thread.holds[id(thing)]) for thread in threads if id(thing) in thread.holds]
    return found[0] if len(found) == 1 else (None, None)


def main_names():
    main = sys.modules.get("__main__")
    return main.__dict__ if main is not None else {}


def global_name(thing):
    for name, value in list(main_names().items()):
        if value is thing:
            return name
    return None


def queue_told(queue, threads):
    items, unfinished = load_of(queue)
    if items is None:
        return None
    count = items
    if items == 0 and unfinished and is_joined(queue):
        count = unfinished
    if not count:
        return None
    thread, name = holder_of(threads, queue)
    if thread is not None and is_putting(thread, queue):
        thread = None
    return {"undone": "queue", "id": thread.tid if thread else None, "count": count, "exact": True, "name": global_name(queue) or name}


def is_putting(thread, queue):
    """It is no reader then."""
    return any(
        frame.code.co_name == "put" and os.path.basename(frame.code.co_filename) == "queue.py" and frame.locals.get("self") is queue
        for frame in thread.frames
    )


def is_joined(queue):
    number = Waits.numbers.get(id(queue), (None, None))[1]
    return any(wait.facts is not None and wait.facts["what"] == "queue-join" and wait.facts.get("on") == number for wait in list(Waits.current.values()))


def pending_tasks():
    """Of thread pools: those that no thread has begun."""
    tasks = globals().get("TASKS")
    count = 0
    for reference, _ in list(tasks.values()) if tasks else ():
        future = reference()
        if future is not None and future.__dict__.get("_state") == "PENDING":
            count += 1
    return {"undone": "queue", "count": count, "exact": True, "name": "ThreadPoolExecutor"} if count else None


def transaction_told(connection, threads):
    if not connection.in_transaction:
        return None
    thread, name = holder_of(threads, connection)
    return {"undone": "transaction", "id": thread.tid if thread else None, "name": global_name(connection) or name}


def process_told(process, threads):
    """One that only a thread which is cut off has to do with, and that runs on."""
    known = own_attributes(process)
    pid, thread = known.get("pid"), holder_of(threads, process)[0]
    if thread is None or type(pid) is not int or known.get("returncode", 0) is not None or not hasattr(os, "waitid"):
        return None
    try:
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return None
    except OSError:
        return None
    command = known.get("args")
    if type(command) in (list, tuple) and command:
        command = command[0]
    name = "%s (pid %d)" % (command, pid) if type(command) is str else "pid %d" % pid
    return {"undone": "process", "id": thread.tid, "name": name}


def text_pending(file):
    """Bytes that a text file has not handed on yet. Nothing is called of it: that would hand them on."""
    count = 0
    own = (file.encoding, file.errors)
    for thing in gc.get_referents(file):
        if type(thing) is list:
            count += sum(len(part) for part in thing if type(part) in (str, bytes))
        elif type(thing) is bytes:
            count += len(thing)
        elif type(thing) is str and thing not in NEWLINES and not any(thing is one for one in own):
            count += len(thing)
    return count


def buffered_pending(file, busy):
    """Bytes in the buffer of a file; None where that is not to be known, or not without waiting for a thread in its write()."""
    raw = file.raw
    if busy is None or type(raw) is not _io.FileIO or raw.fileno() in busy:
        return None
    try:
        return max(0, file.tell() - raw.tell())
    except (OSError, ValueError):
        return None  # a pipe, or a terminal


def busy_files():
    """Descriptors that threads are in a call of the system with; None where the system does not tell."""
    busy = set()
    try:
        for task in os.listdir("/proc/self/task"):
            with open("/proc/self/task/%s/syscall" % task, "rb", 0) as file:
                words = file.read(200).split()
            if len(words) > 1:
                busy.add(int(words[1], 16))
    except (OSError, ValueError):
        return None
    return busy


def unflushed(files, is_lost, busy):
    """`is_lost(file)`: the thread that has it, and its name; None where it will still be flushed."""
    inner = {id(file.buffer) for file in files if type(file) is _io.TextIOWrapper and is_open(file)}
    for file in files:
        if not is_open(file) or id(file) in inner:
            continue
        try:
            found = is_lost(file)
            told = found and file_told(file, found, busy)
        except Exception:
            continue  # it is being made, or taken apart
        if told:
            yield told


def is_open(file):
    try:
        return not file.closed and file.writable()
    except Exception:
        return False


def file_told(file, found, busy):
    thread, at = found
    is_text = type(file) is _io.TextIOWrapper
    text = text_pending(file) if is_text else 0
    buffer = file.buffer if is_text else file
    buffered = buffered_pending(buffer, busy) if type(buffer) in FILES else None
    count = text + (buffered or 0)
    if count == 0:
        return None
    name = file.name
    path = absolute(name) if type(name) is str else "fd %s" % name
    exact = True if buffered is not None else None
    return {"undone": "unflushed", "id": thread.tid if thread else None, "count": count, "exact": exact, "path": path, "at": at}
