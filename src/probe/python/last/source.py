"""The program's source, as a tree: in which blocks a line stands, and what its names mean in a frame. Nothing of it is run."""
ONLY_TREE = 0x400
#: File → its tree, or None.
TREES = {}
MOST_BYTES = 1 << 20
FUNCTIONS = ("FunctionDef", "AsyncFunctionDef")
APART = FUNCTIONS + ("ClassDef", "Lambda")


def kind_of(node):
    return type(node).__name__


def tree_of(file):
    if file not in TREES:
        try:
            with open(file, "rb") as source:
                text = source.read(MOST_BYTES)
            TREES[file] = compile(text, file, "exec", ONLY_TREE, True)
        except Exception:
            TREES[file] = None  # no file, or not the one that runs
    return TREES[file]


def children(node):
    for field in node._fields:
        value = getattr(node, field, None)
        if type(value) is list:
            for one in value:
                if hasattr(one, "_fields"):
                    yield one
        elif hasattr(value, "_fields"):
            yield value


def descendants(node):
    """Without what is in functions and classes inside of it."""
    for child in children(node):
        yield child
        if kind_of(child) not in APART:
            yield from descendants(child)


#: `id()` of a code object → it, and what `body_of` found.
BODIES = {}


def body_of(code):
    """The statements of the code's function, or of its module; None where that is not to be told."""
    known = BODIES.get(id(code))
    if known is None:
        known = BODIES[id(code)] = code, found_body(code)
    return known[1]


def found_body(code):
    tree = tree_of(absolute(code.co_filename))
    if tree is None:
        return None
    if code.co_name == "<module>":
        return tree
    found = [node for node in every(tree) if kind_of(node) in FUNCTIONS and node.name == code.co_name and first_line(node) == code.co_firstlineno]
    return found[0] if len(found) == 1 else None


def every(node):
    for child in children(node):
        yield child
        yield from every(child)


def first_line(node):
    """As Python counts it: with the decorators."""
    return min([node.lineno] + [one.lineno for one in node.decorator_list])


def covers(node, line):
    return node.lineno <= line <= node.end_lineno


class At:
    """An instruction: its line, and from 3.11 on the span that it stands for, as (line, column, last line, last column)."""

    def __init__(self, code, line, instruction):
        self.line = line
        self.span = None
        if HAS_COLUMNS and instruction >= 0:
            for number, (first, last, column, end) in enumerate(code.co_positions()):
                if number == instruction // 2:
                    if None not in (first, last, column, end):
                        self.span = first, column, last, end
                    break

    def is_in(self, node):
        """Whether it stands in the node; None where only columns could tell, and there are none."""
        if self.span is None:
            return covers(node, self.line)
        first, column, last, end = self.span
        return (node.lineno, node.col_offset) <= (first, column) and (last, end) <= (node.end_lineno, node.end_col_offset)


def pending(body, at):
    """
    Of the blocks that `at` stands in, those with something to be run at their end, outermost first: `with` statements, and
    `try` statements with a `finally` that has not begun.
    """
    found = []
    statements = body.body
    while statements:
        inside = [one for one in statements if covers(one, at.line)]
        if len(inside) != 1 or kind_of(inside[0]) in APART:
            break
        statements = step_into(inside[0], at, found)
    return found


def step_into(statement, at, found):
    kind = kind_of(statement)
    if kind in ("Try", "TryStar"):
        parts = [statement.body, statement.orelse, statement.finalbody] + [one.body for one in statement.handlers]
        for part in parts:
            if any(covers(one, at.line) for one in part):
                if statement.finalbody and part is not statement.finalbody:
                    found.append(statement)
                return part
        return None
    if kind in ("With", "AsyncWith"):
        first = statement.body[0]
        # On the line of the statement itself it is made, or left.
        if at.line == statement.lineno and not (at.span and (first.lineno, first.col_offset) <= at.span[:2]):
            return None
        if not any(covers(one, at.line) for one in statement.body):
            return None
        found.append(statement)
        return statement.body
    if kind == "Match":
        return next((one.body for one in statement.cases if any(covers(inner, at.line) for inner in one.body)), None)
    for name in ("body", "orelse"):
        part = getattr(statement, name, None)
        if type(part) is list and any(covers(one, at.line) for one in part):
            return part
    return None


def is_call(code, instruction):
    import opcode

    return 0 <= instruction < len(code.co_code) and opcode.opname[code.co_code[instruction]].startswith("CALL")


def call_at(body, at):
    """The call that is under way, where the source leaves no doubt. `at` is an instruction that calls."""
    calls = [node for node in descendants(body) if kind_of(node) == "Call" and covers(node, at.line)]
    if at.span is not None:
        exact = [node for node in calls if (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset) == at.span]
        return exact[0] if len(exact) == 1 else None
    on_line = [node for node in calls if node.lineno == at.line]
    return on_line[0] if len(on_line) == 1 else None


def dotted(node):
    """`a.b.c`; None for anything else."""
    if kind_of(node) == "Name":
        return node.id
    if kind_of(node) == "Attribute":
        base = dotted(node.value)
        return None if base is None else base + "." + node.attr
    return None


def meant(node, frame):
    """The object that a name with its attributes means in a frame, found without code of the program's; None if not so."""
    kind = kind_of(node)
    if kind == "Name":
        space = frame.locals if node.id in frame.locals else frame.globals
        return space.get(node.id)
    if kind == "Attribute":
        return attribute(meant(node.value, frame), node.attr)
    return None


MODULE = type(sys)


def attribute(thing, name):
    if type(thing) is MODULE:
        return thing.__dict__.get(name)
    space = own_attributes(thing)
    if name in space:
        return space[name]
    for kind in type(thing).__mro__:
        if name in kind.__dict__:
            return kind.__dict__[name]
    return None


def own_attributes(thing):
    """Of an object whose class does nothing of its own to give them."""
    kind = type(thing)
    if kind.__getattribute__ is not object.__getattribute__ or getattr(kind, "__dictoffset__", 0) == 0:
        return {}
    try:
        space = object.__getattribute__(thing, "__dict__")
        return space if type(space) is dict else {}
    except AttributeError:
        return {}


def made_at(body, name):
    """Where a name is given what a call returns, if at one place only: the call, and its statement."""
    found = []
    for node in descendants(body):
        kind = kind_of(node)
        if kind == "Assign" and kind_of(node.value) == "Call" and any(dotted(one) == name for one in node.targets):
            found.append(node.value)
        elif kind == "withitem" and kind_of(node.context_expr) == "Call" and node.optional_vars is not None and dotted(node.optional_vars) == name:
            found.append(node.context_expr)
    return found[0] if len(found) == 1 else None
