"""Loops that ask again and again for something that another thread does, and wait for nothing."""
#: By what programs ask, the last part of the name.
ASKS = frozenset(
    "is_alive isAlive is_set isSet empty full qsize locked done running cancelled active_count activeCount unfinished_tasks get_nowait put_nowait".split()
    + "poll len any all bool int not_ready ready is_ready finished is_finished is_done stopped is_stopped is_running enumerate items keys values".split()
)
#: Without a wait if they are told so: by the argument of that number, or of that name.
UNLESS_TOLD = {
    "get": (0, "block", "timeout"),
    "put": (1, "block", "timeout"),
    "acquire": (0, "blocking", "timeout"),
    "wait": (0, "timeout", "timeout"),
    "join": (0, "timeout", "timeout"),
    "sleep": (0, "secs", "secs"),
}
#: Of these alone a loop may be made to pass the time.
CLOCKS = frozenset(("time", "monotonic", "perf_counter", "process_time", "thread_time", "now"))


def tell_asking(threads):
    """From where threads were seen, and are now."""
    places = dict(Glances.places)
    for thread in threads:
        for frame in [frame for frame in thread.frames if frame.code.co_filename != OUR_FILE][:MOST_INNER]:
            if frame.is_own and is_function(frame.code):
                places[thread.tid, id(frame.code), frame.line] = frame.code, frame.instruction
                break
    told = set()
    for (tid, _, line), (code, _) in places.items():
        loop = attempt(asking_at, code, line)
        if loop is not None and (tid, code) not in told:
            told.add((tid, code))
            yield asking(tid, code, loop)
    for tid, code in list(Glances.works.items()):
        loop = attempt(asking_in, code) if (tid, code) not in told else None
        if loop is not None:
            told.add((tid, code))
            yield asking(tid, code, loop)


def asking(tid, code, loop):
    told = clue("asks", tid, asked_by(loop), site_of(code, loop))
    told["computed"] = time_of(tid)
    return told


def time_of(tid):
    """Processor time so far of a thread that lives, in µs, where the system tells it."""
    own = next((one for one in list(SPOOLS.values()) if one.tid == tid), None)
    native = own.native if own is not None else None
    if not native:
        return None
    try:
        with open("/proc/self/task/%d/schedstat" % native, "rb", 0) as file:
            return int(file.read(100).split()[0]) // 1000
    except (OSError, ValueError, IndexError):
        return None


def asking_in(code):
    """Such a loop among the statements of a function, if there is no other loop."""
    body = body_of(code)
    loops = [node for node in descendants(body) if kind_of(node) in ("While", "For", "AsyncFor")] if body is not None else ()
    return loops[0] if len(loops) == 1 and kind_of(loops[0]) == "While" and only_asks(loops[0], None) else None


def asking_at(code, line):
    """The loop there that does nothing but ask."""
    body = body_of(code) if line is not None else None
    if body is None:
        return None
    loops = [node for node in descendants(body) if kind_of(node) == "While" and covers(node, line)]
    if not loops:
        return None
    loop = loops[-1]
    if any(covers(one, line) for one in loop.orelse) or not only_asks(loop, line):
        return None
    return loop


def only_asks(loop, line):
    if not is_question(loop.test):
        return False
    for i, one in enumerate(loop.body):
        if goes_round(one, line):
            if any(covers(other, line) for other in loop.body[i + 1 :]):
                return False  # at what it does when the answer was yes
            break
        if not is_idle(one, line):
            return False
    asks = [name for name in names_called(loop) if name not in CLOCKS]
    if asks:
        return True
    # `while not done: pass`, but for loops that count, and those that pass the time.
    return not any(kind_of(one) in ("Assign", "AugAssign") for one in loop.body) and not list(names_called(loop))


def goes_round(statement, line):
    """Whether it begins the loop anew when the answer is no, so that what follows is done only when it was yes."""
    kind = kind_of(statement)
    if kind == "If":
        return asks_others(statement.test) and is_question(statement.test) and kind_of(statement.body[-1]) == "Continue" and is_idle(statement, line)
    return kind == "Try" and is_idle(statement, line) and all(kind_of(one.body[-1]) == "Continue" for one in statement.handlers)


def names_called(node):
    for one in [node] + list(descendants(node)):
        if kind_of(one) == "Call":
            yield (dotted(one.func) or "").rpartition(".")[2]


def asked_by(loop):
    """What a person would look for: the call that asks, or what is compared."""
    calls = [one for one in [loop.test] + list(descendants(loop)) if kind_of(one) == "Call" and dotted(one.func)]
    calls = [one for one in calls if dotted(one.func).rpartition(".")[2] not in CLOCKS and dotted(one.func) != "print"]
    known = [one for one in calls if dotted(one.func).rpartition(".")[2] not in ("len", "any", "all", "sleep", "bool", "int")]
    for one in known or calls:
        return dotted(one.func) + "()"
    names = [dotted(one) for one in [loop.test] + list(descendants(loop.test)) if kind_of(one) in ("Name", "Attribute") and dotted(one)]
    return names[0] if names else None


def is_idle(statement, line):
    """Whether it does nothing but ask, as long as the answer is no."""
    kind = kind_of(statement)
    if kind in ("Pass", "Continue", "Break"):
        return True
    if kind == "Expr":
        return is_question(statement.value)
    if kind in ("Assign", "AnnAssign"):
        return statement.value is not None and is_question(statement.value)
    if kind == "AugAssign":
        return kind_of(statement.value) in ("Constant", "Num")
    if kind == "If":
        is_seen_inside = any(covers(one, line) for one in statement.body)
        is_harmless = all(is_idle(one, line) for one in statement.body) or ends(statement.body) or (asks_others(statement.test) and not is_seen_inside)
        return is_question(statement.test) and is_harmless and all(is_idle(one, line) for one in statement.orelse)
    if kind == "Try":
        first = statement.body[0]
        is_attempt = any(name in ("get_nowait", "get", "acquire", "put_nowait") for name in names_called(first)) and is_idle(first, line)
        is_harmless = all(is_idle(one, line) for one in statement.body) or (is_attempt and covers_only(first, statement.body, line))
        handled = all(goes_on(handler.body) and all(is_idle(one, line) for one in handler.body) for handler in statement.handlers)
        return is_harmless and handled and not statement.finalbody and all(not covers(one, line) or is_idle(one, line) for one in statement.orelse)
    return False


def goes_on(statements):
    """With the loop, when the answer was no."""
    return not any(kind_of(one) in ("Break", "Return", "Raise") for one in statements)


def covers_only(first, statements, line):
    return not any(covers(one, line) for one in statements if one is not first)


def ends(statements):
    return kind_of(statements[-1]) in ("Break", "Return", "Raise") and not any(kind_of(one) in ("While", "For") for one in statements)


def asks_others(test):
    return any(name in ASKS for name in names_called(test))


def is_question(node):
    kind = kind_of(node)
    if kind in ("Constant", "Name", "NameConstant", "Num", "Str"):
        return True
    if kind == "Attribute":
        return is_question(node.value)
    if kind == "Call":
        return is_asking_call(node)
    if kind in ("Compare", "BoolOp", "UnaryOp", "BinOp", "Subscript", "Index", "Tuple", "List", "GeneratorExp", "ListComp", "IfExp", "NamedExpr", "comprehension"):
        return all(is_question(child) for child in children(node) if kind_of(child) not in OPERATORS)
    return False


OPERATORS = frozenset("Not And Or Eq NotEq Lt LtE Gt GtE Is IsNot In NotIn Add Sub Mult Div Mod FloorDiv USub UAdd Load Store".split())


def is_asking_call(call):
    name = (dotted(call.func) or "").rpartition(".")[2]
    if name in UNLESS_TOLD:
        return is_told_not_to_wait(call, *UNLESS_TOLD[name])
    return (name in ASKS or name in CLOCKS) and all(is_question(one) for one in call.args)


def is_told_not_to_wait(call, number, *names):
    given = [call.args[number]] if len(call.args) > number else []
    given += [one.value for one in call.keywords if one.arg in names]
    return any(kind_of(one) in ("Constant", "NameConstant", "Num") and getattr(one, "value", getattr(one, "n", None)) in (False, 0) for one in given)
