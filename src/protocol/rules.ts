// The catalogue of rules: one mistake with threads each. What a run shows of it and, before any run, what the source shows
// of it go by the same id, title and page.
import { t } from '../common/l10n';

/** For `--fail-on`, for filters and for reading: what it costs. */
export type RuleCategory = 'cut-off' | 'never-exits' | 'failure' | 'load';
export type Severity = 'error' | 'warning' | 'info';

export interface Rule {
  title: string;
  category: RuleCategory;
  /** Unless what is known of the one case says otherwise. */
  severity: Severity;
  /** A run does not show it: other rules tell what comes of it. */
  inSourceOnly?: true;
  /** Why it happens: two or three plain sentences. */
  explanation: string;
  /** What to change, as one sentence. */
  advice: string;
}

/** In English: it is there before the language is known. */
export const RULES = {
  'cut-off-while-writing': {
    title: 'Cut off while writing',
    category: 'cut-off',
    severity: 'error',
    explanation:
      'A daemon does not keep the process alive: when main ends it is killed in the middle of whatever it does, without an event, an error or a finally. What it had handed to the system may still reach the disk; what it was about to write does not.',
    advice: 'Before main ends, tell the thread to finish, and wait for its "exit" event.',
  },
  'task-cut-off': {
    title: 'A task was cut off',
    category: 'cut-off',
    severity: 'error',
    explanation:
      'A thread of a pool had been given a task and had not answered when it was ended from outside. Whoever waits for the answer waits for ever, or is gone as well.',
    advice: 'Wait for all tasks, or for the pool’s close() or destroy(), before main ends.',
  },
  'unread-messages': {
    title: 'Messages nobody read',
    category: 'cut-off',
    severity: 'warning',
    explanation:
      'postMessage() only puts a message into a queue. What still waits there when the receiving thread ends is gone, without a word to the sender.',
    advice: 'Have the receiver answer the last message, and wait for that answer before either thread ends.',
  },
  'terminate-after-post': {
    title: 'terminate() right after postMessage()',
    category: 'cut-off',
    severity: 'warning',
    explanation:
      'terminate() stops a thread at once, wherever it is. Messages that were posted before are not delivered first.',
    advice:
      'Ask the thread to end, by a message of its own, and await its "exit" event instead of calling terminate().',
  },
  'exit-with-live-workers': {
    title: 'process.exit() with workers at work',
    category: 'cut-off',
    severity: 'warning',
    explanation:
      'process.exit() in main kills every worker in the middle of what it does, also those that would have kept the process alive.',
    advice: 'Set process.exitCode and let the threads end, or await their ends before process.exit().',
  },
  'lost-with-owner': {
    title: 'Lost with its owner',
    category: 'cut-off',
    severity: 'warning',
    explanation:
      'A worker lives no longer than the thread that started it: when that one exits, fails or is terminated, its own workers are killed with it.',
    advice: 'Have the owner end its workers and await them before it ends itself.',
  },
  'held-by-worker': {
    title: 'A worker holds the process',
    category: 'never-exits',
    severity: 'warning',
    explanation:
      'Main was done, but a worker that is ref’d keeps the process alive, and that worker only waits for messages which nobody is left to send. As far as can be seen, it would have stayed so for ever.',
    advice: 'Terminate the worker, or destroy its pool, when its work is done; or unref() it.',
  },
  'held-by-port': {
    title: 'An open port holds the process',
    category: 'never-exits',
    severity: 'warning',
    explanation:
      'A MessagePort that someone listens on, and every BroadcastChannel from its construction on, keeps its thread alive until it is closed or unref’d.',
    advice: 'Call close() on it when it is not needed any more, or unref().',
  },
  'unref-undone': {
    title: 'unref() undone by a listener',
    category: 'never-exits',
    severity: 'warning',
    explanation:
      'worker.on("message") refs the worker’s port again, so an unref() before it has no effect: the process does not end.',
    advice: 'Add the listener first, and call unref() after it.',
  },
  'unhandled-worker-error': {
    title: 'A worker’s error ended main',
    category: 'failure',
    severity: 'error',
    explanation:
      'An error that nothing catches in a worker is emitted as "error" on its Worker object. Without a listener there it is thrown in main, and ends the process with all other threads.',
    advice: 'Add worker.on("error", …) where the worker is started.',
  },
  'worker-file-not-found': {
    title: 'Worker file not found',
    category: 'failure',
    severity: 'error',
    explanation:
      'The script of the worker could not be loaded. A relative path is resolved against the working directory, not against the file that names it.',
    advice: 'Name it by new URL("./worker.js", import.meta.url), or by path.join(__dirname, "worker.js").',
  },
  'out-of-memory': {
    title: 'Out of memory',
    category: 'failure',
    severity: 'error',
    explanation: 'The thread reached the limit of its own heap and was ended by the runtime, wherever it was.',
    advice: 'Let it keep less at once, or raise resourceLimits.maxOldGenerationSizeMb where it is started.',
  },
  'unresponsive-worker': {
    title: 'Unresponsive worker',
    category: 'load',
    severity: 'warning',
    explanation:
      'The thread ran without a turn of its event loop until it was stopped from outside: it could hear no message and run no handler, so it could not have ended by itself.',
    advice: 'Let it yield from time to time, or look at a shared flag, so that it can be asked to stop.',
  },
  'thread-churn': {
    title: 'Threads started over and over',
    category: 'load',
    severity: 'warning',
    explanation:
      'One line started many short-lived threads. Each start costs tens of milliseconds and megabytes, often more than the work itself.',
    advice: 'Keep a few threads and give them the work by messages: use a pool.',
  },
  'message-backlog': {
    title: 'A growing backlog of messages',
    category: 'load',
    severity: 'warning',
    explanation:
      'Messages were posted faster than they were taken, for seconds on end. There is no limit to the queue: memory grows and answers come later and later.',
    advice: 'Wait for an answer before posting more, so that only so many messages are under way at once.',
  },
  'unsettled-promise': {
    title: 'A promise that is never settled',
    category: 'never-exits',
    severity: 'warning',
    inSourceOnly: true,
    explanation:
      'A promise that waits for a worker’s message stays open for ever when the worker exits without one: by process.exit(), by terminate(), out of memory or by an error.',
    advice: 'Listen to "error" and "exit" as well, and reject there.',
  },
  'process-only-api': {
    title: 'process.chdir() and the like in a worker',
    category: 'failure',
    severity: 'error',
    inSourceOnly: true,
    explanation:
      'What all threads share, only main may change: process.chdir(), process.umask() with a mask, and the functions that set users and groups throw ERR_WORKER_UNSUPPORTED_OPERATION in a worker.',
    advice: 'Do it in main before the worker is started, or give the worker absolute paths.',
  },
  'signal-in-worker': {
    title: 'A listener for signals in a worker',
    category: 'cut-off',
    severity: 'warning',
    inSourceOnly: true,
    explanation:
      'Signals come to main alone: a listener for SIGTERM or SIGINT in a worker is never called, and what it would have saved is lost.',
    advice: 'Listen in main, and tell the workers by a message.',
  },
  'main-blocked': {
    title: 'Main waits without a time limit',
    category: 'never-exits',
    severity: 'warning',
    inSourceOnly: true,
    explanation:
      'Atomics.wait() stops the event loop of main: no message, no timer and no error of a worker gets through. When the worker that should wake it fails, nothing ever does.',
    advice: 'Give Atomics.wait() a time limit, or use Atomics.waitAsync().',
  },
  'uncloneable-value': {
    title: 'A value that cannot be posted',
    category: 'failure',
    severity: 'error',
    inSourceOnly: true,
    explanation:
      'Messages and workerData are copied by structured clone, which knows no functions, no classes and no symbols: it throws a DataCloneError where they are posted.',
    advice: 'Post plain data, and have the receiver know the function by a name.',
  },
  'transferred-pooled-buffer': {
    title: 'Transferred memory that others use',
    category: 'failure',
    severity: 'warning',
    inSourceOnly: true,
    explanation:
      'Small Buffers share one piece of memory. To transfer the memory of one of them takes it from all: they are empty afterwards, or Node refuses.',
    advice: 'Leave the buffer out of the list, so that it is copied; or make it with Buffer.alloc().',
  },
  'no-loader': {
    title: 'A worker in TypeScript, and no loader',
    category: 'failure',
    severity: 'warning',
    inSourceOnly: true,
    explanation:
      'Node runs TypeScript by itself since 22.18 and 23.6. An older one needs a loader in each worker, too: what main was started with by a tool may not reach it.',
    advice: 'Name the JavaScript that it is built to, or give the worker a loader by execArgv.',
  },
  'unnamed-worker': {
    title: 'A worker without a name',
    category: 'load',
    severity: 'info',
    inSourceOnly: true,
    explanation:
      'Threads without a name look all the same in debuggers, profilers, logs and here: they are told apart by their files and numbers alone.',
    advice: 'Give it one by the option "name".',
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;
export const RULE_IDS = Object.keys(RULES) as RuleId[];

/** In the language of the reader. */
export function ruleOf(id: RuleId): Rule {
  const rule: Rule = RULES[id];
  return { ...rule, title: said(rule.title), explanation: said(rule.explanation), advice: said(rule.advice) };
}
/** What is no literal: a test finds these sentences in the table. */
const said: (english: string) => string = t;

/** Page of the rule, below the docs folder. */
export const rulePage = (id: RuleId): string => `rules/${id}.md`;
