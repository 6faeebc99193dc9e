"""Ways to notice calls with no frame of ours on the stack while what was called runs.

Python looks a special method up on the type of an object. Where it finds something that gives the method (a property), our code
runs, returns, and Python itself goes on to call what was given. So no traceback shows us, no depth of recursion changes, and a
debugger steps over nothing.
"""


def calling(original, note):
    """
    Stands for a function in C that returns None or never: `note(frame, args, named)` is called before each call of it. What is
    called is a class: it gets the arguments when it is made, and what it gives for its `__init__` is called with them.
    """

    def __new__(cls, *args, **named):
        try:
            note(get_frame(1), args, named)
        except Exception as error:
            problem(original.__name__, error)
        return object.__new__(cls)

    called = type("call", (), {"__slots__": (), "__new__": __new__, "__init__": property(lambda self: original)})
    return stand_in(original, called)


def stand_in(original, called):
    """An object that looks like the function and calls `called`. Not a function: in a class, one of Python's would become a method."""
    same = {name: getattr(original, name, None) for name in ("__name__", "__qualname__", "__module__", "__self__", "__text_signature__")}
    same.update(
        __slots__=(),
        __doc__=original.__doc__,
        __call__=called,
        __repr__=lambda self: repr(original),
        __reduce__=lambda self: original.__reduce__(),
        __eq__=lambda self, other: other is self or other is original,
        __hash__=lambda self: hash(original),
    )
    return type(type(original).__name__, (), same)()
