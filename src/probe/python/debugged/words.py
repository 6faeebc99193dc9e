"""The words of a command by which a debugger runs a program: loaded where there is one."""
#: Options of debugpy that have no argument.
WITHOUT_ARGUMENT = ("--wait-for-client", "--log-to-stderr", "--disable-sys-remote-exec")
#: Of pydevd, by which debugpy runs the child processes of a program.
PROGRAM_OF_PYDEVD = "--file"
#: What of debugpy runs in processes of its own.
OWN_PROCESSES = ("debugpy.adapter", "debugpy.launcher", "debugpy/adapter", "debugpy/launcher")


def is_debuggers_process(argv):
    return argv[0].replace("\\", "/").endswith(OWN_PROCESSES)


def without_debugger(argv):
    """The program with its arguments: a file, or the name of a module; what was given where there is none."""
    if PROGRAM_OF_PYDEVD in argv and "pydevd" in argv[0]:
        return argv[argv.index(PROGRAM_OF_PYDEVD) + 1 :] or argv
    at = 1
    while at < len(argv) and argv[at].startswith("--"):
        at += 1 if argv[at] in WITHOUT_ARGUMENT or "=" in argv[at] else 2
    program = argv[at:]
    if program[:1] == ["-m"]:
        return program[1:] or argv
    if program[:1] == ["-c"]:
        return program[:1] + program[2:]
    return argv if not program or program[0].startswith("-") else [absolute(program[0])] + program[1:]
