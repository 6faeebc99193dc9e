// The words for all that the timeline can draw: bar styles, ticks, arrows and endings, and for what it says besides. The
// legend, the tooltips and the lanes all read them, so that they cannot disagree. Their shapes: paint/shapes.ts.
import { t } from '../../../src/common/l10n';
import type { EndedBy, ThreadState } from '../../../src/protocol/picture';
import type { DeedKind } from '../../../src/protocol/probeEvents';
import type { Severity } from '../../../src/protocol/rules';
import type { TrackState } from '../../../src/protocol/tracks';

export type BarStyle = 'keeps-alive' | 'daemon' | 'unknown' | 'starting';
export type MarkKind = 'ref' | 'unref' | 'terminate-call' | 'deed';
/** `unread`: a message that nobody took. `wake`: from who called Atomics.notify(). `hold`: main to who keeps it alive. */
export type ArrowKind = 'message' | 'unread' | 'wake' | 'hold';

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
    explanation: t(
      'Does not keep the process alive: it is killed when main exits. In Node: unref’d, or started by one that is.',
    ),
  },
  starting: { label: t('starting'), explanation: t('Was asked for; its code does not run yet.') },
  unknown: { label: t('not known'), explanation: t('Whether it keeps the process alive was not seen.') },
};

/** What a thread does, moment by moment. */
export const STATES: Record<TrackState, Word> = {
  none: { label: t('not alive'), explanation: t('It has not begun, or has ended.') },
  alive: { label: t('alive'), explanation: t('It lives; what it does is not known.') },
  idle: { label: t('idle'), explanation: t('Its loop waits for something to do.') },
  running: {
    label: t('running'),
    explanation: t('Its loop runs code: the higher, the larger the share of the time.'),
  },
  starting: { label: t('starting'), explanation: t('Was asked for; its code does not run yet.') },
  gap: {
    label: t('not recorded'),
    explanation: t('Records of this time were dropped: what it did is not known.'),
  },
  unresponsive: {
    label: t('unresponsive'),
    explanation: t('Its loop did not turn: it could neither take messages nor run timers.'),
  },
  blocked: {
    label: t('blocked'),
    explanation: t('It stood still in a call until something woke it, as Atomics.wait() does.'),
  },
  paused: { label: t('paused'), explanation: t('The debugger held it.') },
  exiting: { label: t('exiting'), explanation: t('Its code is done, and it is on its way out.') },
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
    explanation: t('It was told to stop here; it is gone a little later.'),
  },
  deed: {
    label: t('looked into'),
    explanation: t('You took its stack, a profile or a heap snapshot here.'),
  },
};

export const DEBUGGER_ACTIONS: Record<DeedKind, Word> = {
  stack: { label: t('stack taken'), explanation: t('The debugger looked where it was.') },
  profile: { label: t('profiled'), explanation: t('A CPU profile of it ended here.') },
  'heap-snapshot': {
    label: t('heap snapshot'),
    explanation: t('What it kept in memory was written to a file; it stood still meanwhile.'),
  },
};

/** Node refs a port when its first listener comes and unrefs it when its last one goes, whatever was called before. */
export const LISTENER_FLIPS: Record<'ref' | 'unref', Word> = {
  ref: {
    label: t('a listener refs it again'),
    explanation: t('Adding a listener undoes an unref() before it: from here on its owner waits for it.'),
  },
  unref: {
    label: t('a listener went, which unrefs it'),
    explanation: t('Its last listener was removed: from here on its owner does not wait for it.'),
  },
};

/** What goes between the lane that is chosen and others. */
export const ARROWS: Record<ArrowKind, Word> = {
  message: {
    label: t('message'),
    explanation: t('From when it was posted to when it was taken.'),
  },
  unread: {
    label: t('message that nobody took'),
    explanation: t('It was posted, and its receiver ended, or lives on, without having taken it.'),
  },
  wake: {
    label: t('woken by'),
    explanation: t('From who called Atomics.notify() to who waited for it.'),
  },
  hold: {
    label: t('held by'),
    explanation: t('From here on main could not end the process because of this thread.'),
  },
};

/** How much a finding weighs; the words stand for the icon where that cannot be seen. */
export const SEVERITIES: Record<Severity, { label: string; many: string }> = {
  error: { label: t('error'), many: t('errors') },
  warning: { label: t('warning'), many: t('warnings') },
  info: { label: t('note'), many: t('notes') },
};

/** Instead of an ending. */
export const LIVE: Word = { label: t('still lives'), explanation: t('It has not ended.') };

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
    explanation: t('Main exited while this thread ran: it was cut off in whatever it was doing.'),
  },
  'owner-exit': {
    label: t('killed with its owner'),
    explanation: t('The thread that started it ended, and took it along.'),
  },
  returned: {
    label: t('returned'),
    explanation: t('Its work was done and it ended by itself.'),
  },
  'exit-call': {
    label: t('process.exit()'),
    explanation: t('Its own code called process.exit(); in a worker that ends this thread alone.'),
  },
  terminate: {
    label: t('terminated'),
    explanation: t('Another thread called terminate() on it: it was stopped from outside.'),
  },
  error: {
    label: t('uncaught error'),
    explanation: t('An error that nothing caught ended it.'),
  },
  'out-of-memory': {
    label: t('out of memory'),
    explanation: t('It reached the limit of its heap.'),
  },
  signal: {
    label: t('signal'),
    explanation: t('The whole process was killed from outside, for example by the Stop button.'),
  },
  'lost-contact': {
    label: t('contact lost'),
    explanation: t('It ran when it was last heard of. What came after is not known.'),
  },
  unknown: {
    label: t('ended, cause not known'),
    explanation: t('It did end, but nothing that was seen says how.'),
  },
};
