"""The program's source, as a tree: in which blocks a line stands, and what its names mean in a frame. Nothing of it is run."""
ONLY_TREE = 0x400
#: File → its tree, or None.
TREES = {}


class Source:
    #: Of a file that is read; of more there is no tree.
    most_bytes = 1 << 20


FUNCTIONS = ("FunctionDef", "AsyncFunctionDef")
APART = FUNCTIONS + ("ClassDef", "Lambda")


def kind_of(node):
    return type(node).__name__


def tree_of(file):
    if file not in TREES:
        try:
            with open(file, "rb") as source:
                text = source.read(Source.most_bytes)
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
    return line is not None and node.lineno <= line <= node.end_lineno


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


def taken(body, at):
    """Of calls `x.acquire()` that ran before `at` and were followed by no `x.release()`: what stands for the lock, and the call."""
    found = []
    statements = body.body
    while statements:
        inside = [one for one in statements if covers(one, at.line)]
        if len(inside) != 1 or kind_of(inside[0]) in APART:
            break
        for one in statements[: statements.index(inside[0])]:
            given_back = [source_of(call.func.value) for call in calls_of([one] + list(descendants(one)), "release")]
            found = [(of, call) for of, call in found if source_of(of) not in given_back]
            if kind_of(one) == "Expr" and not given_back:
                found.extend((call.func.value, call) for call in calls_of([one.value], "acquire") if not call.args and not call.keywords)
        if kind_of(inside[0]) in ("Try", "TryStar") and any(covers(one, at.line) for one in inside[0].finalbody):
            break  # what has happened in its other parts is not known
        statements = step_into(inside[0], at, [])
    return found


def calls_of(nodes, name):
    return [node for node in nodes if kind_of(node) == "Call" and kind_of(node.func) == "Attribute" and node.func.attr == name]


def source_of(node):
    """What is equal of two pieces of source that say the same."""
    if type(node) is list:
        return tuple(map(source_of, node))
    if not hasattr(node, "_fields"):
        return type(node).__name__, node
    return kind_of(node), tuple(source_of(getattr(node, name, None)) for name in node._fields if name != "ctx")


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
    if kind == "Subscript":
        return element(meant(node.value, frame), meant(node.slice, frame))
    if kind == "Index":  # of 3.8
        return meant(node.value, frame)
    if kind == "Constant":
        return node.value
    if kind == "BinOp":
        return reckoned(kind_of(node.op), meant(node.left, frame), meant(node.right, frame))
    if kind == "Call" and dotted(node.func) == "len" and meant(node.func, frame) is None and len(node.args) == 1:
        thing = meant(node.args[0], frame)
        return len(thing) if type(thing) in (list, tuple, dict) else None
    return None


def element(thing, index):
    if type(thing) in (list, tuple) and type(index) is int:
        return thing[index] if -len(thing) <= index < len(thing) else None
    return dict.get(thing, index) if isinstance(thing, dict) and type(index) in (int, str) else None


#: Greater numbers are no index.
GREATEST = 1 << 40


def reckoned(operator, left, right):
    if type(left) is not int or type(right) is not int or abs(left) > GREATEST or abs(right) > GREATEST:
        return None
    if operator == "Add":
        return left + right
    if operator == "Sub":
        return left - right
    if operator == "Mult":
        return left * right
    if right == 0:
        return None
    return left % right if operator == "Mod" else left // right if operator == "FloorDiv" else None


def called(node, frame):
    """As a person knows what is meant: with the index that a subscript comes to."""
    if kind_of(node) == "Subscript":
        base, index = called(node.value, frame), meant(node.slice, frame)
        return "%s[%r]" % (base, index) if base is not None and type(index) in (int, str) else None
    return dotted(node)


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
