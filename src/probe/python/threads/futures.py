"""Tasks of thread pools that end by an error, and whether anybody asks."""
#: `id()` of a future → a weak reference to it, and what is known of its task.
TASKS = {}


class Task:
    __slots__ = ("name", "at", "pool", "is_read", "failed")


def note_task(future, function, frame):
    task = Task()
    task.name = name_of_task(function)
    task.at = person_site(frame)
    task.pool = number_of(frame.f_locals["self"])
    task.is_read = False
    task.failed = None
    key = id(future)
    TASKS[key] = weak(future, lambda _: forget_task(key)), task


def name_of_task(function):
    """Of those in C too."""
    if type(function) is type(len) and type(function.__module__) is str:
        return function.__module__ + "." + function.__qualname__
    return function_name(function)[0]


def forget_task(key):
    """Nobody can ask for its result any more."""
    try:
        tell_unread(TASKS.pop(key)[1])
    except Exception:
        pass  # told by another, or too late to tell


def tell_unread(task):
    if task.failed is not None and not task.is_read:
        tell_task(task, None)


def tell_task(task, read):
    failed, task.failed = task.failed, None
    spool().tell("task-failed", name=task.name, read=read, **{"from": task.at}, **failed)


def tell_all_unread():
    for _, task in list(TASKS.values()):
        tell_unread(task)


def note_failure(future):
    """`set_exception` was asked for: by the worker, if it is in the middle of an error."""
    if get_frame(2).f_code.co_name != "run":
        return
    error = sys.exc_info()[1]
    found = TASKS.get(id(future))
    if error is None or found is None:
        return
    task = found[1]
    facts = error_facts(error)
    name, message = facts["name"], facts["message"]
    task.failed = {
        "id": spool().tid,
        "message": name + ": " + message if message else name,
        "stack": facts["stack"],
        "at": facts["at"],
    }
    if task.is_read:
        tell_task(task, True)


def note_read(future):
    found = TASKS.get(id(future))
    if found is None or found[1].is_read:
        return
    found[1].is_read = True
    if found[1].failed is not None:
        tell_task(found[1], True)


def watch_executor(module):
    original = module._WorkItem
    submit = module.ThreadPoolExecutor.submit.__code__

    def work_item(*args):
        frame = get_frame(1)
        if frame.f_code is submit:
            try:
                function = args[1]
                note_task(args[0], function[0] if type(function) is tuple else function, frame)
            except Exception as error:
                problem("task", error)
        return original(*args)

    module._WorkItem = work_item
    module.ThreadPoolExecutor.shutdown = Accessed(module.ThreadPoolExecutor.shutdown, note_executor_shutdown)
    future = module._base.Future
    future.set_exception = Accessed(future.set_exception, note_failure)
    for name in ("result", "exception", "add_done_callback"):
        setattr(future, name, Accessed(getattr(future, name), note_read))
