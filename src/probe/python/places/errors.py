"""What is told of an error, without running code of the program's."""
SLOT = type(BaseException.__str__)
PLAIN = (str, int, float, bool, bytes, type(None))


def message_of(error):
    """Empty where the program's own code would have to say it."""
    try:
        kind = type(error)
        if type(kind.__str__) is not SLOT:
            return ""
        if isinstance(error, OSError) or all(type(one) in PLAIN for one in error.args):
            return BaseException.__str__(error) if kind.__str__ is BaseException.__str__ else kind.__str__(error)
    except Exception:
        pass
    return ""


def stack_of(error):
    """As Python prints it, without the lines of the source, outermost first."""
    lines = []
    trace = error.__traceback__
    while trace is not None and len(lines) < 200:
        code = trace.tb_frame.f_code
        if code.co_filename != OUR_FILE:
            lines.append('  File "%s", line %d, in %s' % (absolute(code.co_filename), trace.tb_lineno or 0, code.co_name))
        trace = trace.tb_next
    return "\n".join(lines[-40:])


def error_site(trace):
    """The innermost place in the program of those that an error came through."""
    found = None
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename != OUR_FILE and (found is None or not in_library(code) or found[2]):
            found = code, (trace.tb_lineno, trace.tb_lasti), in_library(code)
        trace = trace.tb_next
    return site_in(found[0], *found[1]) if found else None


def error_facts(error):
    return {
        "name": type(error).__name__,
        "message": message_of(error),
        "stack": stack_of(error) or None,
        "at": error_site(error.__traceback__),
    }


def exit_code(args):
    """Of a SystemExit, as Python makes it of what `sys.exit()` was given."""
    code = args[0] if args else None
    if code is None:
        return 0
    if isinstance(code, int):
        return int(code) & 0xFFFFFFFF if code >= 0 else int(code)
    return 1


def is_of_handler(error):
    """Whether the program's handler of a signal raised it, which came in while we were at work."""
    from _signal import getsignal

    codes = set()
    for number in range(1, 65):
        try:
            handler = getsignal(number)
            codes.add(getattr(getattr(handler, "__func__", handler), "__code__", None))
        except ValueError:
            pass
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code in codes:
            return True
        trace = trace.tb_next
    return False
