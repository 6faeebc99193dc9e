# Carries out a plan (plan.ts), which is named by its first argument, in the folder that the second names: one step after the
# other, each of which is done before the next begins. The lines that tests look for are marked.
import atexit
import concurrent.futures
import json
import os
import queue
import signal
import sys
import threading
import time
import _thread

with open(sys.argv[1]) as plan:
    STEPS = json.load(plan)["steps"]
FOLDER = sys.argv[2]
SOON = 0.004
ACTORS = {}
DONE = queue.Queue()
NEVER = threading.Event()
pools = []


class Failure(Exception):
    pass


class Actor:
    """What one thread is told to do, and the one who does it."""

    def __init__(self, name):
        self.name = name
        self.inbox = queue.Queue()
        self.ready = queue.Queue()
        self.thread = None
        self.end = None
        self.is_main = name == "main"


class OwnThread(threading.Thread):
    def __init__(self, actor, **options):
        super().__init__(**options)
        self.actor = actor

    def run(self):
        work(self.actor)


def work(actor):
    actor.ready.put(None)
    heed(actor)
    finish(actor.end)


def heed(actor):
    """Until it is told to end."""
    while actor.end is None:
        action = actor.inbox.get()  # (idles)
        do(actor, action)


def say(*words, loose=False, to=None):
    (to or sys.stdout).write(("~ " if loose else "") + " ".join(map(str, words)) + "\n")
    (to or sys.stdout).flush()


def do(actor, action):
    kind = action["do"]
    if kind in ("end", "outlive"):
        actor.end = action
        if kind == "outlive":
            DONE.put(None)
    elif kind in INSIDE:
        INSIDE[kind](actor, action)
    elif kind == "hang":
        DONE.put(None)
        hang(actor, action["within"])
    else:
        ACTIONS[kind](actor, action)
        DONE.put(None)


def begin(actor, action):
    name, kind = action["name"], action["kind"]
    child = ACTORS[name] = Actor(name)
    options = {} if action.get("daemon") is None else {"daemon": action["daemon"]}
    if kind == "raw":
        _thread.start_new_thread(work, (child,))  # (starts raw)
    elif kind == "class":
        child.thread = OwnThread(child, name=name, **options)
        child.thread.start()  # (starts class)
    else:
        child.thread = threading.Thread(target=work, args=(child,), name=name, **options)
        child.thread.start()  # (starts function)
    child.ready.get()
    say(actor.name, "started", name, child.thread and child.thread.daemon)


def flash(actor, action):
    options = {} if action.get("daemon") is None else {"daemon": action["daemon"]}
    thread = threading.Thread(target=finish, args=(action["end"],), name=action["name"], **options)
    thread.start()  # (starts flash)
    thread.join()  # (joins flash)
    say("joined", thread.name, thread.is_alive())


def finish(end):
    how = end["how"]
    if end["do"] == "outlive":
        threading.main_thread().join()  # (outlives)
        say("outlived", end["name"], loose=True)
    if how == "exit":
        sys.exit(end.get("code"))  # (exits)
    elif how == "exit-text":
        sys.exit("an exit of " + end["name"])  # (exits with text)
    elif how == "error":
        raise Failure("of " + end["name"])  # (fails)
    elif how == "key-error":
        return {}[end["name"]]  # (misses)


def join(actor, action):
    thread = ACTORS[action["child"]].thread
    thread.join(SOON)  # (joins)
    say("joined", action["child"], thread.is_alive())


def wait(actor, action):
    what = action["what"]
    if what == "event":
        threading.Event().wait(SOON)  # (waits)
    elif what == "condition":
        condition = threading.Condition()
        with condition:
            condition.wait(SOON)
    elif what == "semaphore":
        threading.Semaphore(0).acquire(timeout=SOON)
    elif what == "queue-get":
        try:
            queue.Queue().get(timeout=SOON)
        except queue.Empty:
            pass
    elif what == "queue-put":
        full = queue.Queue(1)
        full.put(1)
        try:
            full.put(2, timeout=SOON)
        except queue.Full:
            pass
    elif what == "barrier":
        try:
            threading.Barrier(2).wait(SOON)
        except threading.BrokenBarrierError:
            pass
    elif what == "lock":
        lock = threading.Lock()
        lock.acquire()
        lock.acquire(timeout=SOON)
    elif what == "future":
        try:
            concurrent.futures.Future().result(SOON)
        except concurrent.futures.TimeoutError:
            pass
    else:
        time.sleep(SOON)
    say(actor.name, "waited", what)


def rendezvous(actor, action):
    """A short thread and this one wait for each other in turn."""
    here, there = threading.Event(), threading.Event()

    def answer():
        here.wait()
        there.set()

    thread = threading.Thread(target=answer, name=action["name"])
    thread.start()  # (starts rendezvous)
    here.set()
    there.wait()
    thread.join()
    say("met", action["name"])


def rename(actor, action):
    actor.thread.name = action["to"]


def tasks(actor, action):
    said = []

    def task(n):
        if action["fails"][n]:
            raise Failure("task")  # (task fails)
        return n

    with concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix=action["name"]) as pool:
        futures = [pool.submit(task, n) for n in range(len(action["fails"]))]  # (submits)
        concurrent.futures.wait(futures)
        if action["reads"]:
            said = [type(one.exception()).__name__ for one in futures]
    say("tasks", *said)


def pool(actor, action):
    """One that is never shut down, with a task that may wait for main's end."""
    pools.append(concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix=action["name"]))
    pools[-1].submit(str).result()
    if action["outlives"]:
        pools[-1].submit(outlive_main, action["name"])


def outlive_main(name):
    while not concurrent.futures.thread._shutdown:  # main is not over for join() while executors are waited for
        time.sleep(SOON)
    say("outlived", name, loose=True)


def open_global(actor, action):
    file = globals()["file_%d" % action["number"]] = open(os.path.join(FOLDER, action["file"]), "w")
    file.write("x" * action["bytes"])


def fork(actor, action):
    pid = os.fork()
    if pid == 0:
        thread = threading.Thread(target=say, args=("in the child",), name="of the child")
        thread.start()  # (starts in the child)
        thread.join()
        os._exit(action["code"])  # (ends the child)
    say("child", os.waitpid(pid, 0)[1] >> 8)


def timer(actor, action):
    thread = threading.Timer(60 if action["cancels"] else SOON, say, ("timer",))
    thread.name = action["name"]
    thread.start()  # (starts timer)
    if action["cancels"]:
        thread.cancel()
    thread.join()
    say("timer is over", thread.is_alive())


def at_exit(actor, action):
    def callback():
        say("callback", action["number"], loose=True)
        if action["does"] == "fail":
            raise Failure("at exit")
        if action["does"] == "start":
            wait = (lambda: NEVER.wait(0.2)) if sys.version_info >= (3, 15) else NEVER.wait  # Python waits for it since then
            thread = threading.Thread(target=wait, name=action["name"], daemon=False)
            thread.start()  # (starts too late)

    atexit.register(callback)


def survive(actor, action):
    try:
        finish({"do": "end", "how": action["how"], "name": "nobody"})
    except (SystemExit, Failure, KeyError) as error:
        say("survived", type(error).__name__, error)


def look(actor, action):
    current = threading.current_thread() if actor.thread or actor.is_main else None
    names = sorted(thread.name for thread in threading.enumerate() if not thread.name.startswith("Dummy"))
    say(actor.name, current and (current.name, current.daemon, sorted(vars(current))), names, threading.active_count())


def write(actor, action):
    for n in range(action["count"]):
        say(actor.name, "writes", n, to=sys.stderr if action["to"] == "stderr" else sys.stdout)


def hold(actor, action):
    lock = threading.Lock() if action["kind"] == "lock" else threading.RLock()
    with lock:  # (holds)
        DONE.put(None)
        heed(actor)


def guard(actor, action):
    try:
        DONE.put(None)
        heed(actor)
    finally:
        say("cleaned up", action["number"], loose=True)


def keep_open(actor, action):
    file = open(os.path.join(FOLDER, action["file"]), "w")  # (opens)
    file.write("x" * action["bytes"])
    DONE.put(None)
    heed(actor)


def hang(actor, within):
    if within == "event":
        NEVER.wait()  # (hangs in event)
    elif within == "condition":
        condition = threading.Condition()
        with condition:
            condition.wait()  # (hangs in condition)
    elif within == "queue-get":
        items = queue.Queue()
        items.get()  # (hangs in queue-get)
    elif within == "queue-join":
        items = queue.Queue()
        items.put(1)
        items.join()  # (hangs in queue-join)
    elif within == "semaphore":
        threading.Semaphore(0).acquire()  # (hangs in semaphore)
    elif within == "future":
        concurrent.futures.Future().result()  # (hangs in future)
    elif within == "lock":
        lock = threading.Lock()
        lock.acquire()
        lock.acquire()  # (hangs in lock)
    elif within == "items":
        items = queue.Queue()
        for n in range(3):
            items.put(n)
        NEVER.wait()  # (hangs in items)
    elif within == "sleep":
        time.sleep(3600)  # (hangs in sleep)
    else:
        while True:
            pass  # (hangs in loop)


INSIDE = {"hold": hold, "guard": guard, "open": keep_open}
ACTIONS = {
    "start": begin,
    "flash": flash,
    "join": join,
    "wait": wait,
    "rendezvous": rendezvous,
    "rename": rename,
    "tasks": tasks,
    "timer": timer,
    "pool": pool,
    "open-global": open_global,
    "fork": fork,
    "at-exit": at_exit,
    "survive": survive,
    "look": look,
    "write": write,
}


def end_process(how, step):
    if how == "abrupt":
        os._exit(step["code"])  # (ends abruptly)
    elif how == "kill":
        os.kill(os.getpid(), getattr(signal, step["signal"]))
        time.sleep(60)
    elif how == "interrupt":
        if step.get("within"):
            signal.signal(signal.SIGALRM, signal.default_int_handler)
            signal.setitimer(signal.ITIMER_REAL, 0.03)
            hang(None, step["within"])
        signal.raise_signal(signal.SIGINT)  # (interrupts)


def abrupt(actor, action):
    end_process("abrupt", action)


ACTIONS["abrupt"] = abrupt


def conduct(main):
    """Main does its own steps, and has the others do theirs."""
    for step in STEPS:
        action, actor = step["action"], ACTORS[step["by"]]
        if not actor.is_main:
            actor.inbox.put(action)
            if action["do"] == "end":
                joined(actor)
            else:
                DONE.get()  # (awaits)
        elif action["do"] in ("abrupt", "kill", "interrupt"):
            end_process(action["do"], action)
        elif action["do"] == "end":
            return finish(action)
        else:
            do(main, action)
            if action["do"] not in INSIDE:
                DONE.get()


def joined(actor):
    if actor.thread is None:
        time.sleep(0.05)  # of a raw one nobody can know when it has ended
    else:
        actor.thread.join()  # (joins the end)
    say("ended", actor.name)


main = ACTORS["main"] = Actor("main")
main.thread = threading.current_thread()
conduct(main)
