"""What the program's source says of mistakes that a run shows only by their consequences."""


def tell_clues(threads):
    for thread in threads:
        clue = server_clue(thread)
        if clue:
            yield clue
    for thread in threads:
        clue = task_clue(thread)
        if clue:
            yield clue


def clue(of, tid, name, at):
    return {"clue": of, "id": tid, "name": name, "at": at}


def site_of(code, node):
    """The place of a node in the code's function."""
    return {"file": absolute(code.co_filename), "line": node.lineno, "column": node.col_offset + 1, "function": function_of(code)}


def site_in_file(file, node):
    return {"file": file, "line": first_line(node) if hasattr(node, "decorator_list") else node.lineno, "column": node.col_offset + 1}


# Items of a queue that nobody reports as done.


def task_clue(thread):
    """Of a thread that waits for the next item of a queue, although one that it took is not done."""
    for i, frame in enumerate(thread.frames[:-1]):
        code = frame.code
        if code.co_name != "get" or os.path.basename(code.co_filename) != "queue.py":
            continue
        queue, caller = frame.locals.get("self"), thread.frames[i + 1]
        items, unfinished = load_of(queue)
        if not caller.is_own or unfinished is None or unfinished <= items:
            return None
        body = body_of(caller.code)
        node = undone_at(body, At(caller.code, caller.line, caller.instruction)) if body is not None else None
        return node and clue("task-not-done", thread.tid, global_name(queue), site_of(caller.code, node))
    return None


def undone_at(body, at):
    """Where an item that was taken at `at` is left without task_done(): what goes for the next, or the call itself."""
    loops = [node for node in descendants(body) if kind_of(node) in ("While", "For") and any(covers(one, at.line) for one in node.body)]
    if not loops:
        return None
    loop = loops[-1]
    gets = [node for node in calls_in(loop, "get") if covers(node, at.line)]
    if len(gets) != 1:
        return None
    of = source_of(gets[0].func.value)
    dones = [node for node in calls_in(loop, "task_done") if source_of(node.func.value) == of]
    if not dones:
        return gets[0]
    return left_by(loop.body, gets[0], dones)


def calls_in(statement, name):
    return calls_of(descendants(statement), name)


def left_by(statements, get, dones):
    """The first statement after the call that leaves the statements before all that report the item as done."""
    is_after = False
    for one in statements:
        inner = [one] + list(descendants(one))
        if not is_after:
            is_after = get in inner
            if is_after and not any(done in inner for done in dones):
                continue  # as `item = queue.get()`
            if not is_after:
                continue
        if always_does(one, dones):
            return leaves_before(one, dones)
        found = leaving_in(one, dones)
        if found is not None:
            return found
        if any(done in inner for done in dones):
            return one  # in some cases only
    return None


def always_does(statement, dones):
    """Whether it reports the item as done whatever happens in it."""
    kind = kind_of(statement)
    if kind in ("Try", "TryStar"):
        if any(always_does(one, dones) for one in statement.finalbody):
            return True
        return any(always_does(one, dones) for one in statement.body) and all(
            any(always_does(one, dones) for one in handler.body) or leaves(handler.body) for handler in statement.handlers
        )
    if kind in ("With", "AsyncWith"):
        return any(always_does(one, dones) for one in statement.body)
    if kind == "If":
        return bool(statement.orelse) and all(any(always_does(one, dones) for one in part) for part in (statement.body, statement.orelse))
    return kind == "Expr" and statement.value in dones


def leaves(statements):
    return bool(statements) and kind_of(statements[-1]) in ("Raise", "Return", "Break")


def leaves_before(statement, dones):
    """In a block that reports the item as done without a `finally`: what leaves it before that."""
    kind = kind_of(statement)
    if kind in ("Try", "TryStar") and any(always_does(one, dones) for one in statement.finalbody):
        return None
    if kind in ("Try", "TryStar", "With", "AsyncWith"):
        for one in statement.body:
            if always_does(one, dones):
                return None
            found = leaving_in(one, dones)
            if found is not None:
                return found
    return None


def leaving_in(statement, dones):
    """Where a statement goes for the next item, or leaves the loop, with no report before that."""
    kind = kind_of(statement)
    if kind in ("Continue", "Break", "Return"):
        return statement
    parts = [getattr(statement, name) for name in ("body", "orelse", "finalbody") if type(getattr(statement, name, None)) is list]
    parts += [handler.body for handler in getattr(statement, "handlers", ())]
    if kind in ("Try", "TryStar") and any(always_does(one, dones) for one in statement.finalbody):
        return None
    is_loop_inside = kind in ("While", "For", "AsyncFor")
    for part in parts if kind not in APART else ():
        for one in part:
            if always_does(one, dones):
                break
            found = leaving_in(one, dones)
            if found is not None and not (is_loop_inside and kind_of(found) != "Return"):
                return found
    if kind in ("Try", "TryStar") and any(always_does(one, dones) for one in statement.body):
        for handler in statement.handlers:
            if not leaves(handler.body) and not any(always_does(one, dones) for one in handler.body):
                return handler
    return None


# Servers that make a thread for each request.


def server_clue(thread):
    """Of a thread that serves a request: the class of its server, or where that was made."""
    for frame in reversed(thread.frames):
        code = frame.code
        if code.co_name == "process_request_thread" and os.path.basename(code.co_filename) == "socketserver.py":
            kind = type(frame.locals.get("self"))
            found = class_place(kind) or made_place(kind)
            return found and clue("server", thread.tid, kind.__name__, found)
    return None


def class_place(kind):
    """Of the first of its classes that is the program's own."""
    found = own_class(kind)
    return found and site_in_file(found[1], found[2])


def own_class(kind):
    """The class, its file, and its statement there."""
    for one in kind.__mro__:
        file = file_of_module(one.__module__)
        tree = tree_of(file) if file is not None and not is_library_file(file) else None
        if tree is None:
            continue
        name = one.__qualname__.rpartition(".")[2]
        found = [node for node in every(tree) if kind_of(node) == "ClassDef" and node.name == name]
        if len(found) == 1:
            return one, file, found[0]
    return None


def file_of_module(name):
    module = sys.modules.get(name) if type(name) is str else None
    file = module.__dict__.get("__file__") if module is not None else None
    if file is None and name == "__main__":
        file = script()
    return absolute(file) if type(file) is str else None


def is_library_file(file):
    return "/site-packages/" in file or "/dist-packages/" in file or "\\site-packages\\" in file or file.startswith(STANDARD_LIBRARY)


def made_place(kind):
    """Where main's file makes one of that class, if at one place only."""
    file = file_of_module("__main__")
    tree = tree_of(file) if file is not None else None
    calls = [node for node in every(tree) if kind_of(node) == "Call"] if tree is not None else ()
    found = [node for node in calls if (dotted(node.func) or "").rpartition(".")[2] == kind.__name__]
    return site_in_file(file, found[0]) if len(found) == 1 else None


# Threads that never were: what they were to do ran where it was called.


def run_clues():
    name = run_by_caller()
    at = run_place() if name is not None else None
    if at is not None:
        yield clue("run", 0, name, at)


def run_place():
    """Where main's file calls `run()` of something, if at one place only."""
    file = file_of_module("__main__")
    tree = tree_of(file) if file is not None else None
    calls = calls_of(every(tree), "run") if tree is not None else ()
    found = [node for node in calls if not node.args and not node.keywords and kind_of(node.func.value) != "Call"]
    return site_in_file(file, found[0]) if len(found) == 1 else None


# Attributes of a subclass that hide what Python's own Thread has under the same name.


def hidden_clue(tid, kind, names):
    """Where the class of a thread, or one above it, gives it an attribute of one of these names."""
    for one in kind.__mro__:
        if one is Thread:
            return None
        found = own_class(one) if one.__module__ not in ("threading", "builtins") else None
        if found is None or found[0] is not one:
            continue
        for node in every(found[2]):
            name = attribute_made(node, found[2])
            if name in names:
                return clue("hides", tid, name, site_in_file(found[1], node))
    return None


def attribute_made(node, of):
    """Name of the attribute that the statement makes: of the class, or of `self`."""
    kind = kind_of(node)
    if kind in FUNCTIONS and node in of.body:
        return node.name
    targets = node.targets if kind == "Assign" else [node.target] if kind == "AnnAssign" else ()
    for target in targets:
        if kind_of(target) == "Attribute" and kind_of(target.value) == "Name" and target.value.id == "self":
            return target.attr
        if kind_of(target) == "Name" and node in of.body:
            return target.id
    return None


def tell_hidden(tid, kind, names):
    found = attempt(hidden_clue, tid, kind, names)
    if found:
        spool().tell("clue", **found)
    TREES.clear()
    BODIES.clear()
