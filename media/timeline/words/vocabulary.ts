// The words for all that the timeline can draw: bar styles, ticks, arrows and endings, and for everything else it says. The
// legend, the tooltips and the lanes all read them, so that they cannot disagree. Their shapes: paint/shapes.ts.
import { t } from '../../../src/common/l10n';
import type { AfterMain, EndedBy, ThreadState } from '../../../src/protocol/picture';
import type { AsyncTaskEnding, DeedKind } from '../../../src/protocol/probeEvents';
import type { Severity } from '../../../src/protocol/rules';
import type { TrackState } from '../../../src/protocol/tracks';

export type BarStyle = 'keeps-alive' | 'daemon' | 'unknown' | 'starting';
export type MarkKind = 'ref' | 'unref' | 'terminate-call' | 'deed';
/** `unread`: a message that nobody took. `wake`: from who called Atomics.notify(). `hold`: main to who keeps it alive. */
export type ArrowKind = 'message' | 'unread' | 'wake' | 'wait' | 'hold';

export interface Word {
  label: string;
  /** One plain sentence for the legend and for tooltips. */
  explanation: string;
}

export const BARS: Record<BarStyle, Word> = {
  'keeps-alive': {
    label: t('keeps the process alive'),
    explanation: t('While this thread runs, the process does not end.'),
  },
  daemon: {
    label: t('daemon'),
    explanation: t('Does not keep the process alive: it is killed when main exits.'),
  },
  starting: { label: t('starting'), explanation: t('It was started, but its code is not running yet.') },
  unknown: { label: t('unknown'), explanation: t('Whether it keeps the process alive is unknown.') },
};

/** What a thread does, moment by moment. */
export const STATES: Record<TrackState, Word> = {
  none: { label: t('not alive'), explanation: t('It has not started yet, or has ended.') },
  alive: {
    label: t('not known'),
    explanation: t('It is alive. What it is doing is not known, or not known yet.'),
  },
  idle: { label: t('idle'), explanation: t('Its event loop is waiting for something to do.') },
  running: {
    label: t('running'),
    explanation: t('Its event loop is running code: the higher the bar, the larger the share of the time.'),
  },
  starting: { label: t('starting'), explanation: t('It was started, but its code is not running yet.') },
  gap: {
    label: t('not recorded'),
    explanation: t('Records of this time were dropped, so what it did is unknown.'),
  },
  unresponsive: {
    label: t('unresponsive'),
    explanation: t('Its event loop did not turn, so it took no messages, although somebody was waiting for it.'),
  },
  blocked: {
    label: t('blocked'),
    explanation: t('It was blocked in a call, such as Atomics.wait(), until something woke it.'),
  },
  paused: { label: t('paused'), explanation: t('The debugger had paused it.') },
  exiting: { label: t('exiting'), explanation: t('Its code is done, and it is about to end.') },
};

export const MARKS: Record<MarkKind, Word> = {
  ref: {
    label: t('ref()'),
    explanation: t('From here on its owner waits for it.'),
  },
  unref: {
    label: t('unref()'),
    explanation: t('From here on its owner does not wait for it.'),
  },
  'terminate-call': {
    label: t('terminate() called'),
    explanation: t('terminate() was called here; the thread ends shortly afterwards.'),
  },
  deed: {
    label: t('inspected'),
    explanation: t('You took its stack, a profile or a heap snapshot here.'),
  },
};

export const DEBUGGER_ACTIONS: Record<DeedKind, Word> = {
  stack: { label: t('stack taken'), explanation: t('The debugger read its stack here.') },
  profile: { label: t('profiled'), explanation: t('A CPU profile of it ended here.') },
  'heap-snapshot': {
    label: t('heap snapshot'),
    explanation: t('The contents of its heap were written to a file; it did not run meanwhile.'),
  },
};

/** Node refs a port when its first listener comes and unrefs it when its last one goes, whatever was called before. */
export const LISTENER_FLIPS: Record<'ref' | 'unref', Word> = {
  ref: {
    label: t('ref’d again by a listener'),
    explanation: t('Adding a listener undoes an earlier unref(): from here on its owner waits for it.'),
  },
  unref: {
    label: t('unref’d: its last listener was removed'),
    explanation: t('Its last listener was removed: from here on its owner does not wait for it.'),
  },
};

/** What goes between the lane that is chosen and others. */
export const ARROWS: Record<ArrowKind, Word> = {
  message: {
    label: t('message'),
    explanation: t('From when it was posted to when it was received.'),
  },
  unread: {
    label: t('undelivered message'),
    explanation: t('It was posted, but its receiver ended without receiving it, or has not received it yet.'),
  },
  wake: {
    label: t('woken by'),
    explanation: t('From the thread that called Atomics.notify() to the thread that was waiting for it.'),
  },
  wait: {
    label: t('waits for'),
    explanation: t('From a thread that waits to the one that it waits for: whom it joined, or who had the lock.'),
  },
  hold: {
    label: t('held by'),
    explanation: t('From here on this thread kept main from ending the process.'),
  },
};

/** A task of an event loop, which is no thread, and how it ended. */
export const TASK: Word = {
  label: t('task'),
  explanation: t('A task of the event loop of the thread above it. It is no thread.'),
};
export const TASK_ENDS: Record<AsyncTaskEnding, Word> = {
  returned: { label: t('task returned'), explanation: t('Its coroutine returned.') },
  cancelled: { label: t('task cancelled'), explanation: t('It was cancelled.') },
  raised: {
    label: t('task raised'),
    explanation: t('Its coroutine raised an error, which whoever awaits it gets.'),
  },
  pending: {
    label: t('task still pending'),
    explanation: t('It had not ended when its loop ended. That may be just what was meant.'),
  },
  unknown: { label: t('task’s end unknown'), explanation: t('Its end was not recorded.') },
};

/** What a process waits for once main's code is over; of `loop-end`, main itself. */
export const PHASES: Record<AfterMain['phase'], Word> = {
  'loop-end': {
    label: t('end of the event loop'),
    explanation: t('The event loop waits for the threads of its executor.'),
  },
  callbacks: {
    label: t('callbacks'),
    explanation: t('Main’s code is over. Callbacks run that are called before threads are waited for.'),
  },
  threads: {
    label: t('waits for threads'),
    explanation: t('Main’s code is over. The process waits for the threads that are no daemons.'),
  },
  'exit-handlers': {
    label: t('exit handlers'),
    explanation: t('Main’s code is over, and no thread is waited for any more. Exit handlers run.'),
  },
};

/** How much a finding weighs; the words stand for the icon where that cannot be seen. */
export const SEVERITIES: Record<Severity, { label: string; many: string }> = {
  error: { label: t('error'), many: t('errors') },
  warning: { label: t('warning'), many: t('warnings') },
  info: { label: t('note'), many: t('notes') },
};

/** Instead of an ending. */
export const LIVE: Word = { label: t('still alive'), explanation: t('It has not ended.') };

/** Its event loop does not turn, and nobody waits for it. */
export const COMPUTING = t('computing');

/** State of a thread at large, in a word. */
export const LIFE: Record<ThreadState, string> = {
  starting: t('starting'),
  alive: t('alive'),
  exiting: t('exiting'),
  ended: t('ended'),
  'lost-contact': t('contact lost'),
};

export const ENDINGS: Record<EndedBy, Word> = {
  'main-exit': {
    label: t('killed with main'),
    explanation: t('Main exited while this thread was running: it was cut off, whatever it was doing.'),
  },
  'owner-exit': {
    label: t('killed with its owner'),
    explanation: t('The thread that started it ended, so this one was killed.'),
  },
  returned: {
    label: t('returned'),
    explanation: t('Its work was done, and it ended by itself.'),
  },
  'exit-call': {
    label: t('process.exit()'),
    explanation: t('Its own code called process.exit(). In a worker, that ends only this thread.'),
  },
  terminate: {
    label: t('terminated'),
    explanation: t('Another thread called terminate() on it: it was stopped from outside.'),
  },
  error: {
    label: t('uncaught error'),
    explanation: t('An uncaught error ended it.'),
  },
  'out-of-memory': {
    label: t('out of memory'),
    explanation: t('It reached the limit of its heap.'),
  },
  signal: {
    label: t('signal'),
    explanation: t('The whole process was killed from outside, for example by the Stop button.'),
  },
  crash: {
    label: t('crashed'),
    explanation: t('Native code, or the runtime itself, failed, and the system ended the whole process.'),
  },
  'lost-contact': {
    label: t('contact lost'),
    explanation: t('It was running when contact was lost. What happened after that is unknown.'),
  },
  unknown: {
    label: t('ended, cause unknown'),
    explanation: t('It ended, but nothing recorded shows how.'),
  },
};
