// The catalogue of rules, each about one mistake with threads. Findings of runs and findings in the source share a
// rule's id, title and page.
import { t } from '../common/l10n';
import type { RuntimeId } from './probeEvents';

/** What the mistake costs; for `--fail-on`, filters and headings. */
export type RuleCategory = 'cut-off' | 'never-exits' | 'failure' | 'load';
/**
 * The one scale for findings, for how threads ended and for how runs came out, from the gravest. `error`: work is lost, or
 * an error that nobody caught. `warning`: killed, and nothing is known to be lost; or a process that does not end. `info`:
 * all else, such as what the program asked for, or the person.
 */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Words of a rule that one runtime has otherwise. */
export type RuleWords = Partial<Pick<Rule, 'title' | 'explanation' | 'advice'>>;

export interface Rule {
  title: string;
  category: RuleCategory;
  /** The default: a single case may be more or less severe. */
  severity: Severity;
  /** It can be made in this runtime alone. */
  only?: RuntimeId;
  /** Its words where that runtime has others. */
  python?: RuleWords;
  /** No run shows the mistake itself; other rules report its consequences. */
  inSourceOnly?: true;
  /** Why it happens: two or three plain sentences. */
  explanation: string;
  /** What to change, as one sentence. */
  advice: string;
}

/** In English, because the table exists before the language is known. */
export const RULES = {
  'cut-off-while-writing': {
    title: 'Cut off while writing',
    category: 'cut-off',
    severity: 'error',
    explanation:
      'When main ends, every other thread is killed in the middle of whatever it is doing: no event, no error, no finally block. A daemon does not keep main from ending either. Data that it had already handed to the system may still reach the disk; data that it was about to write does not.',
    advice: 'Before main ends, tell the thread to finish and wait for its "exit" event.',
    python: {
      explanation:
        'When the process ends, Python kills its daemons in the middle of whatever they are doing: no exception, no finally block. Text that a file still holds in memory is lost.',
      advice: 'Before main ends, tell the thread to end and wait for it with join(), which works for daemons too.',
    },
  },
  'cut-off-while-holding': {
    title: 'Cut off while it held a lock or a transaction',
    category: 'cut-off',
    severity: 'error',
    explanation:
      'A thread that is killed or terminated stops at once. A lock that it held is given to the next who asked for it, although what the lock protects may be half done. A transaction that it had begun is rolled back.',
    advice: 'Ask the thread with a message to finish, and wait for its "exit" event before main ends or terminates it.',
    python: {
      explanation:
        'When the process ends, Python kills its daemons in the middle of whatever they are doing. A transaction that one of them had begun is rolled back.',
      advice: 'Before main ends, tell the thread to end and wait for it with join().',
    },
  },
  'task-cut-off': {
    title: 'A task was cut off',
    category: 'cut-off',
    severity: 'error',
    explanation:
      'A thread of a pool was ended from outside before it had answered its task. Whoever waits for that answer waits forever, or is gone too.',
    advice: 'Before main ends, wait for all tasks, or for the pool’s close() or destroy().',
    python: {
      explanation:
        'The threads of multiprocessing.pool.ThreadPool are daemons. When the process ends they are killed in the middle of their tasks, and whoever leaves the “with” block of such a pool terminates it too.',
      advice: 'Wait for the results with get() before main ends, or call close() and join() of the pool.',
    },
  },
  'unanswered-request': {
    title: 'A request without an answer',
    category: 'cut-off',
    severity: 'error',
    explanation:
      'Waiting for a message keeps nothing alive: neither while the thread that was asked is a daemon, nor when it has ended without an answer. When main has nothing else to do, the process ends with exit code 0, and the code after the await never runs.',
    advice: 'Call ref() on the worker when you post a request, and unref() when the last answer has come.',
  },
  'unsettled-await': {
    title: 'Ended in the middle of an await',
    category: 'cut-off',
    severity: 'error',
    explanation:
      'An await does not keep a thread alive. When only something is awaited that keeps nothing alive itself, such as the message of a daemon, a lock or Atomics.waitAsync(), the thread ends, with exit code 13 if the await is at the top level of a module, and the code after the await never runs.',
    advice: 'Keep alive what is awaited, for example with ref(), or reject the promise when that ends.',
  },
  'unread-messages': {
    title: 'Messages nobody read',
    category: 'cut-off',
    severity: 'error',
    explanation:
      'postMessage() only puts a message in a queue. Messages that are still there when the receiving thread ends are lost, and the sender does not notice.',
    advice: 'Have the receiver answer the last message, and wait for that answer before either thread ends.',
    python: {
      title: 'Items that nobody took',
      explanation:
        'put() only puts an item into the queue. Items that are still there when their reader is killed are lost, and nobody notices.',
      advice:
        'Put a last item that says so, and wait for the reader with join() before main ends, or wait with queue.join().',
    },
  },
  'terminate-after-post': {
    title: 'terminate() right after postMessage()',
    category: 'cut-off',
    severity: 'error',
    explanation:
      'terminate() stops a thread at once, wherever it is. Messages that were posted earlier are not delivered first.',
    advice:
      'Instead of calling terminate(), post a message that asks the thread to end, and wait for its "exit" event.',
  },
  'exit-while-writing': {
    title: 'Exited while writing',
    category: 'cut-off',
    severity: 'warning',
    explanation:
      'process.exit() ends a thread at once. What it writes without waiting, as by fs.createWriteStream() or fs.writeFile(), is only asked for by then: what has not reached the file is lost, and so is all that waits behind it in the stream.',
    advice:
      'Call process.exit() when the last write has called back, as in out.end(() => process.exit()), or set process.exitCode and let the thread end by itself.',
  },
  'exit-with-live-workers': {
    title: 'process.exit() while workers are at work',
    category: 'cut-off',
    severity: 'warning',
    explanation:
      'process.exit() in main kills every worker in the middle of its work, including those that would have kept the process alive.',
    advice:
      'Set process.exitCode and let the threads end, or wait until they have ended before you call process.exit().',
  },
  'lost-with-owner': {
    title: 'Lost with its owner',
    category: 'cut-off',
    severity: 'warning',
    explanation:
      'A worker cannot outlive the thread that started it. When that thread exits, fails or is terminated, its workers are killed with it.',
    advice: 'Have the owner end its workers and wait for them before it ends itself.',
  },
  'abrupt-exit': {
    title: 'os._exit() while threads are alive',
    category: 'cut-off',
    severity: 'warning',
    only: 'python',
    explanation:
      'os._exit() ends the process at once. No finally block, no atexit callback and no other thread comes to its end, not even those that would have kept the process alive, and what files still held in memory is lost.',
    advice: 'Tell the threads to end, wait for them with join(), and use sys.exit().',
  },
  'inherited-daemon': {
    title: 'A daemon by inheritance was cut off',
    category: 'cut-off',
    severity: 'warning',
    only: 'python',
    explanation:
      'A thread that is made without the argument “daemon” takes over what the thread is that makes it. So what a daemon starts is a daemon too, and is killed in the middle of its work when the process ends.',
    advice: 'Pass daemon=False where the thread is made, or wait for it with join() before main ends.',
  },
  'file-left-behind': {
    title: 'A file was left behind',
    category: 'cut-off',
    severity: 'warning',
    only: 'python',
    explanation:
      'When the process ends, Python kills its daemons in the middle of whatever they are doing, and no finally block of theirs runs. A lock file or a temporary file that such a block would have removed stays on the disk.',
    advice: 'Before main ends, tell the thread to end and wait for it with join().',
  },
  'join-timed-out': {
    title: 'A join() that timed out',
    category: 'cut-off',
    severity: 'warning',
    only: 'python',
    explanation:
      'join() with a timeout returns None whether the thread has ended or not. Who does not ask is_alive() afterwards takes unfinished work for done, and a daemon is killed in the middle of it.',
    advice: 'Ask is_alive() after join(), or call join() without a timeout.',
  },
  'join-interrupted': {
    title: 'A thread that Python forgot',
    category: 'cut-off',
    severity: 'warning',
    only: 'python',
    explanation:
      'From Python 3.9 to 3.12, a thread whose join() is broken off by an exception, as by Ctrl-C, counts as ended although it runs on. The process does not wait for it any more, and kills it in the middle of its work.',
    advice: 'Catch KeyboardInterrupt around join(), tell the thread to end, and wait until it says that it has.',
  },
  'queue-listener-not-stopped': {
    title: 'A QueueListener that was not stopped',
    category: 'cut-off',
    severity: 'error',
    only: 'python',
    explanation:
      'logging.handlers.QueueListener writes records in a daemon thread. Without stop() that thread is killed when the process ends, and the records that are still in the queue are lost.',
    advice: 'Call stop() on the listener before main ends, or give it to atexit.register().',
  },
  'unclosed-file': {
    title: 'A file of main’s that was not written out',
    category: 'cut-off',
    severity: 'error',
    only: 'python',
    explanation:
      'Python writes out open files when it finalizes the globals of main’s module. It does not do so while a daemon is in a function of that module, and what the file still held in memory is lost.',
    advice: 'Close the file, best with a “with” block.',
  },
  'signal-not-handled': {
    title: 'A signal that nothing handles',
    category: 'cut-off',
    severity: 'warning',
    only: 'python',
    explanation:
      'Only SIGINT becomes an exception in Python. SIGTERM, which asks a program to end, ends it at once when nothing handles it: no finally block and no atexit callback runs, and all threads are killed.',
    advice: 'Handle it with signal.signal(): raise SystemExit there, or set an Event that the threads look at.',
  },
  'exit-listener-skipped': {
    title: 'An exit listener that did not run',
    category: 'cut-off',
    severity: 'warning',
    explanation:
      'A worker that is terminated, or killed because main or its owner ends, stops at once: what it has added with process.on("exit") does not run. What that would have saved or removed stays as it is.',
    advice: 'Ask the worker with a message to finish and wait for its "exit" event, or clean up in main.',
  },
  'held-by-worker': {
    title: 'A worker holds the process',
    category: 'never-exits',
    severity: 'warning',
    explanation:
      'Main only waits, but a ref’d worker keeps the process alive, and that worker only waits as well: for a message, or to be woken. As far as can be seen, nobody is left to do that, and the process never ends by itself.',
    advice: 'Terminate the worker or destroy its pool when its work is done, or call unref() on the worker.',
  },
  'process-left-behind': {
    title: 'A process was left behind',
    category: 'never-exits',
    severity: 'warning',
    only: 'python',
    explanation:
      'When the process ends, Python kills its daemons, but not the processes that they have started. Those run on, and nobody takes what they write or how they end.',
    advice:
      'Wait for the thread with join() before main ends, or end the process with terminate() and wait() in an atexit callback.',
  },
  'held-by-thread': {
    title: 'A thread that never ends is waited for',
    category: 'never-exits',
    severity: 'warning',
    only: 'python',
    explanation:
      'When main’s code is over, Python waits for all threads that are no daemons and for the tasks of executors. It also waits wherever a library joins its threads. One of them did not end.',
    advice: 'Give the thread a way to end, such as an Event or a last item that says so, and wait for it with join().',
  },
  'queue-never-done': {
    title: 'queue.join() that never returns',
    category: 'never-exits',
    severity: 'warning',
    only: 'python',
    explanation:
      'queue.join() returns when task_done() was called for each item that was put. If a reader takes an item without calling it, or ends before it has taken all, the call waits forever.',
    advice: 'Call task_done() for every get(), best in a “finally” block.',
  },
  'timer-rearmed': {
    title: 'A Timer that starts the next one',
    category: 'never-exits',
    severity: 'warning',
    only: 'python',
    explanation:
      'A threading.Timer is a thread that keeps the process alive. If its function starts the next Timer, there is always one, and the process never ends.',
    advice: 'Keep the Timer and cancel() it before main ends, or make it a daemon.',
  },
  'held-by-port': {
    title: 'An open port holds the process',
    category: 'never-exits',
    severity: 'warning',
    explanation:
      'A MessagePort with a listener keeps its thread alive until it is closed or unref’d. So does every BroadcastChannel, from the moment it is created.',
    advice: 'Close it when it is no longer needed, or call unref() on it.',
  },
  'unref-undone': {
    title: 'unref() undone by a listener',
    category: 'never-exits',
    severity: 'warning',
    explanation:
      'worker.on("message") refs the worker’s port again. An earlier unref() then has no effect, and the process does not end.',
    advice: 'Add the listener first, then call unref().',
  },
  deadlock: {
    title: 'Threads wait for each other',
    category: 'never-exits',
    severity: 'warning',
    explanation:
      'Each of these threads goes on only when another one does something, and each that could waits as well, or has ended. A thread in Atomics.wait(), or one whose modules are loaded by hooks, does not even receive messages. To call unref() or terminate() would end the process and lose the work.',
    advice:
      'Have the thread that wakes the other need nothing from it, and wake it also when the work fails. Give Atomics.wait() a time limit, and look after it what has become of the other thread.',
    python: {
      explanation:
        'Each of these threads goes on only when another one does something, and each that could waits as well, or has ended. To make daemons of them would end the process and lose the work.',
      advice: 'Have the thread that wakes the other need nothing from it.',
    },
  },
  'unstoppable-thread': {
    title: 'A thread that cannot be stopped',
    category: 'never-exits',
    severity: 'warning',
    explanation:
      'process.exit() and terminate() wait until each thread can be interrupted. JavaScript can be, but not a synchronous call into the system or into native code, such as readFileSync() of a pipe that nobody writes to.',
    advice: 'Use the asynchronous form of the call in that thread, or give it a time limit.',
  },
  'unhandled-worker-error': {
    title: 'A worker’s error ended main',
    category: 'failure',
    severity: 'error',
    explanation:
      'When nothing catches an error in a worker, Node emits it as "error" on the Worker object. If nothing listens there, the error is thrown in main and ends the process with all other threads.',
    advice: 'Add worker.on("error", …) where the worker is started.',
  },
  'thread-failed': {
    title: 'A thread failed and the others went on',
    category: 'failure',
    severity: 'error',
    only: 'python',
    explanation:
      'An uncaught exception ends only the thread in which it was raised. Python prints it, the other threads go on, and join() and the exit code show nothing of it.',
    advice: 'Catch it in the thread and hand it to main, or use an executor and ask each future for its result().',
  },
  'future-never-read': {
    title: 'A task failed and nobody asked',
    category: 'failure',
    severity: 'error',
    only: 'python',
    explanation:
      'An exception in a task of an executor is kept in its Future. If nobody calls result() or exception() on it, nothing ever shows it, not even a traceback.',
    advice: 'Keep the futures and call result() on each, or use map() and go through what it returns.',
  },
  'exit-in-thread': {
    title: 'sys.exit() in a thread',
    category: 'failure',
    severity: 'warning',
    only: 'python',
    explanation:
      'sys.exit() raises SystemExit. In a thread other than main that ends this thread alone, without a message, and the exit code is lost.',
    advice: 'Hand the failure to main, in a queue or a Future, and exit there.',
  },
  'daemon-set-too-late': {
    title: 'Made a daemon after its start',
    category: 'failure',
    severity: 'error',
    only: 'python',
    explanation:
      'Whether a thread is a daemon is settled when it starts. To set it afterwards raises RuntimeError, and the thread goes on keeping the process alive.',
    advice: 'Pass daemon=True to Thread(), or set it before start().',
  },
  'shadowed-attribute': {
    title: 'An attribute hides a method of Thread',
    category: 'failure',
    severity: 'error',
    only: 'python',
    explanation:
      'Up to Python 3.12 the class Thread has a private method _stop(), among others. A subclass that sets an attribute of that name hides it, and join() and is_alive() fail.',
    advice: 'Give the attribute of the subclass another name.',
  },
  'ran-in-caller': {
    title: 'Work that ran in the calling thread',
    category: 'failure',
    severity: 'warning',
    only: 'python',
    explanation:
      'Only start() makes a thread run. run() does the work of the thread in the one that calls it. So does target=work(): it calls the function, and gives the thread what it returns.',
    advice: 'Call start() instead of run().',
  },
  'started-too-late': {
    title: 'Started when the process was ending',
    category: 'failure',
    severity: 'warning',
    only: 'python',
    explanation:
      'When main’s code is over, executors take no more tasks. Up to Python 3.14 nobody waits any more for threads that start from the atexit callbacks on: they are killed, and some versions refuse to start them.',
    advice: 'Do such work before main ends, or in the atexit callback itself without a thread.',
  },
  'worker-file-not-found': {
    title: 'Worker file cannot be loaded',
    category: 'failure',
    severity: 'error',
    explanation:
      'The worker’s script could not be loaded. A relative path starts at the working directory, not at the file that contains it.',
    advice: 'Use new URL("./worker.js", import.meta.url) or path.join(__dirname, "worker.js").',
  },
  'out-of-memory': {
    title: 'Out of memory',
    category: 'failure',
    severity: 'error',
    explanation:
      'The thread reached the limit of its own heap, and the runtime ended it in the middle of whatever it was doing.',
    advice: 'Keep less in memory at once, or raise resourceLimits.maxOldGenerationSizeMb where the worker is started.',
  },
  'broken-message': {
    title: 'A message that could not be deserialized',
    category: 'failure',
    severity: 'warning',
    explanation:
      'A message is rebuilt from its bytes in the thread that receives it. When that fails there, for example because it is nested deeper than that thread’s stack allows, Node emits "messageerror" instead of "message". If nothing listens for that, the message is lost without a word.',
    advice:
      'Listen for "messageerror" where you listen for "message", and post flat data: for example a string of JSON, or a list instead of a chain.',
  },
  'posted-to-ended': {
    title: 'Messages to a worker that has ended',
    category: 'failure',
    severity: 'warning',
    explanation:
      'When a worker has ended, postMessage() on it does nothing: there is no error, and nobody ever takes the message.',
    advice:
      'Listen for "exit" on the worker. From then on, post to another worker, or reject what still waits for an answer.',
  },
  'restart-loop': {
    title: 'The same failure over and over',
    category: 'failure',
    severity: 'error',
    explanation:
      'A thread that fails is replaced by a new one, which fails in the same way. The program does nothing else any more, and may never end.',
    advice:
      'Mend the failure first. Then limit how often a thread is started again: wait longer each time, and give up after a few.',
  },
  crash: {
    title: 'The process crashed',
    category: 'failure',
    severity: 'error',
    explanation:
      'Native code, an addon’s or the runtime’s own, failed, and the system ended the whole process for it. No exit handler ran, and all threads were cut off.',
    advice:
      'Update the native addons that the program uses, and see whether it still crashes without them. A core dump shows where.',
    python: {
      explanation:
        'Native code, an extension’s or Python’s own, failed, and the system ended the whole process for it. No atexit callback ran, and all threads were cut off.',
      advice:
        'Update the extensions that the program uses, and see whether it still crashes without them. PYTHONFAULTHANDLER=1 shows where.',
    },
  },
  'unresponsive-worker': {
    title: 'Unresponsive worker',
    category: 'load',
    severity: 'warning',
    explanation:
      'The thread did not return to its event loop before it was stopped from outside. It could receive no messages and run no handlers, so it could not have ended by itself.',
    advice: 'Let it yield from time to time, or have it check a shared flag, so that you can ask it to stop.',
  },
  'thread-churn': {
    title: 'Threads started over and over',
    category: 'load',
    severity: 'warning',
    explanation:
      'One line started many short-lived threads. Each start costs tens of milliseconds and several megabytes, often more than the work itself.',
    advice: 'Use a pool: keep a few threads and send them the work in messages.',
    python: {
      explanation:
        'One line started many short-lived threads. Each costs memory and time, they take turns under one lock of the interpreter, and at some number the system gives no more.',
      advice: 'Use a ThreadPoolExecutor: submit() or map() gives the work to a few threads.',
    },
  },
  'busy-wait': {
    title: 'A loop that asks without waiting',
    category: 'load',
    severity: 'warning',
    only: 'python',
    explanation:
      'A loop that asks again and again whether something has happened takes all the processor time that it can get. Only one thread at a time runs Python code, so it also slows down the very thread that it waits for.',
    advice: 'Wait for an Event, a Condition or a queue, or for the thread with join(): they take no processor time.',
  },
  'cpu-bound-threads': {
    title: 'Threads that compute in turns',
    category: 'load',
    severity: 'info',
    only: 'python',
    explanation:
      'Only the thread that has the lock of the interpreter, the GIL, runs Python code. Threads that all compute take turns: together they get no more done than one alone. Builds of Python without that lock are not affected, nor is native code that gives it back.',
    advice: 'Compute in processes, with a ProcessPoolExecutor or multiprocessing.',
  },
  'message-backlog': {
    title: 'A growing backlog of messages',
    category: 'load',
    severity: 'warning',
    explanation:
      'For several seconds, messages were posted faster than they were taken. The queue has no limit, so memory grows and answers come later and later.',
    advice: 'Wait for an answer before you post more, so that the number of messages under way stays limited.',
  },
  'unsettled-promise': {
    title: 'A promise that never settles',
    category: 'never-exits',
    severity: 'warning',
    inSourceOnly: true,
    explanation:
      'A promise that waits for a worker’s message stays pending forever if the worker ends without sending one: through process.exit(), terminate(), an error or lack of memory.',
    advice: 'Listen for "error" and "exit" too, and reject the promise there.',
  },
  'process-only-api': {
    title: 'process.chdir() and the like in a worker',
    category: 'failure',
    severity: 'error',
    inSourceOnly: true,
    explanation:
      'Only main may change what all threads share. In a worker, process.chdir(), process.umask() with a mask, and the functions that set users and groups throw ERR_WORKER_UNSUPPORTED_OPERATION.',
    advice: 'Do it in main before you start the worker, or give the worker absolute paths.',
  },
  'signal-in-worker': {
    title: 'Signal listener in a worker',
    category: 'cut-off',
    severity: 'warning',
    inSourceOnly: true,
    explanation:
      'Only main receives signals. A listener for SIGTERM or SIGINT in a worker is never called, and what it would have saved is lost.',
    advice: 'Listen in main, and notify the workers with a message.',
  },
  'main-blocked': {
    title: 'Main waits without a time limit',
    category: 'never-exits',
    severity: 'warning',
    inSourceOnly: true,
    explanation:
      'Atomics.wait() stops main’s event loop: no message, no timer and no error from a worker gets through. If the worker that should wake main fails, main waits forever.',
    advice: 'Give Atomics.wait() a time limit, or use Atomics.waitAsync().',
  },
  'uncloneable-value': {
    title: 'A value that cannot be posted',
    category: 'failure',
    severity: 'error',
    inSourceOnly: true,
    explanation:
      'Messages and workerData are copied by structured clone, which cannot copy functions, classes or symbols. Passing one throws a DataCloneError.',
    advice: 'Post plain data, and let the receiver find the function by its name.',
  },
  'transferred-pooled-buffer': {
    title: 'Transferred memory that other buffers share',
    category: 'failure',
    severity: 'warning',
    inSourceOnly: true,
    explanation:
      'Small Buffers share one piece of memory. Transferring the memory of one takes it from all of them: they are empty afterwards, or Node refuses.',
    advice: 'Leave the buffer out of the transfer list so that it is copied, or create it with Buffer.alloc().',
  },
  'no-loader': {
    title: 'TypeScript worker without a loader',
    category: 'failure',
    severity: 'warning',
    inSourceOnly: true,
    explanation:
      'From 22.18 and 23.6 on, Node runs TypeScript by itself. Older versions need a loader in each worker too: the loader that a tool gives to main may not reach them.',
    advice: 'Use the path of the compiled JavaScript file, or give the worker a loader through execArgv.',
  },
  'unnamed-worker': {
    title: 'A worker without a name',
    category: 'load',
    severity: 'info',
    inSourceOnly: true,
    explanation:
      'Threads without names all look the same in debuggers, profilers, logs and here: only their files and numbers tell them apart.',
    advice: 'Give it a name with the "name" option.',
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;
export const RULE_IDS = Object.keys(RULES) as RuleId[];

/** In the language of the reader. @param runtime whose words are to be used; the rule’s general ones where it has none */
export function ruleOf(id: RuleId, runtime?: RuntimeId): Rule {
  const general: Rule = RULES[id];
  const rule: Rule = { ...general, ...(runtime === 'python' ? general.python : {}) };
  return { ...rule, title: said(rule.title), explanation: said(rule.explanation), advice: said(rule.advice) };
}
/** Whether a runtime says it in other words. */
export const hasOwnWords = (id: RuleId, runtime: RuntimeId): boolean => {
  const rule: Rule = RULES[id];
  return runtime === 'python' && rule.python !== undefined;
};

/** Not a literal, so a test takes these sentences from the table. */
const said: (english: string) => string = t;

/** Page of the rule, below the docs folder. */
export const rulePage = (id: RuleId): string => `rules/${id}.md`;
