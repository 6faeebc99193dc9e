// The one table of what the timeline can draw: bar styles, ticks and endings, each with its words and its shape, and the
// words for what it tells besides. The legend, the tooltips, the lanes and the report all read it, so that they cannot
// disagree.
import { t } from '../../../src/common/l10n';
import type { EndedBy, ThreadState, Unfinished } from '../../../src/protocol/picture';
import type { DeedKind } from '../../../src/protocol/probeEvents';
import type { TrackState } from '../../../src/protocol/tracks';
import type { Severity } from '../../../src/protocol/rules';
import type { ArrowKind } from '../scene/arrows';
import type { ColorName } from '../paint/palette';

export type BarStyle = 'keeps-alive' | 'daemon' | 'unknown' | 'starting';
export type MarkKind = 'ref' | 'unref' | 'terminate-call' | 'deed';

export interface Word {
  label: string;
  /** One plain sentence for the legend and for tooltips. */
  explanation: string;
}

export interface ShapedWord extends Word {
  /** SVG path around the origin, in px; see paint/signs.ts for how it is painted. */
  shape: string;
  color: ColorName;
  /** Outline only; else filled. */
  hollow?: true;
  /** What is behind it is not seen through it, though it is hollow. */
  opaque?: true;
  /** Of its outlines the inner ones are holes. */
  holes?: true;
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

/** How time in a state is drawn within the bar. Each is told by its pattern; the colour only underlines it. */
export type StatePattern =
  /** The bar’s own colour, as high as the share of time that is busy. */
  | 'height'
  /** The bar’s own colour, faint. */
  | 'faint'
  /** The bar’s own look: nothing more is known. */
  | 'plain'
  /** Its outline only. */
  | 'outline'
  /** A thin line: it stands still. */
  | 'line'
  /** Upright stripes. */
  | 'stripes'
  /** Dots. */
  | 'dots'
  /** Crossed lines. */
  | 'crossed';

export interface StateWord extends Word {
  pattern: StatePattern;
  /** Where it is not the bar’s own. */
  color?: ColorName;
}

/** What a thread does, moment by moment. */
export const STATES: Record<TrackState, StateWord> = {
  none: { label: t('not alive'), explanation: t('It has not begun, or has ended.'), pattern: 'outline' },
  alive: { label: t('alive'), explanation: t('It lives; what it does is not known.'), pattern: 'plain' },
  idle: { label: t('idle'), explanation: t('Its loop waits for something to do.'), pattern: 'faint' },
  running: {
    label: t('running'),
    explanation: t('Its loop runs code: the higher, the larger the share of the time.'),
    pattern: 'height',
  },
  starting: { label: t('starting'), explanation: t('Was asked for; its code does not run yet.'), pattern: 'outline' },
  gap: {
    label: t('not recorded'),
    explanation: t('Records of this time were dropped: what it did is not known.'),
    pattern: 'crossed',
    color: 'unknown',
  },
  unresponsive: {
    label: t('unresponsive'),
    explanation: t('Its loop did not turn: it could neither take messages nor run timers.'),
    pattern: 'stripes',
    color: 'failed',
  },
  blocked: {
    label: t('blocked'),
    explanation: t('It stood still in a call until something woke it, as Atomics.wait() does.'),
    pattern: 'line',
    color: 'text',
  },
  paused: { label: t('paused'), explanation: t('The debugger held it.'), pattern: 'dots', color: 'text' },
  exiting: { label: t('exiting'), explanation: t('Its code is done, and it is on its way out.'), pattern: 'outline' },
};

export const MARKS: Record<MarkKind, ShapedWord> = {
  ref: {
    label: t('ref()'),
    explanation: t('From here on its owner waits for it.'),
    shape: 'M0,-11 L4,-5.5 L-4,-5.5 Z',
    color: 'text',
  },
  unref: {
    label: t('unref()'),
    explanation: t('From here on its owner does not wait for it.'),
    shape: 'M-4,-11 L4,-11 L0,-5.5 Z',
    color: 'text',
    hollow: true,
  },
  'terminate-call': {
    label: t('terminate() called'),
    explanation: t('It was told to stop here; it is gone a little later.'),
    shape: 'M-3.5,-11 H3.5 V-9.2 H0.9 V-5.5 H-0.9 V-9.2 H-3.5 Z',
    color: 'stopped',
  },
  deed: {
    label: t('looked into'),
    explanation: t('You took its stack, a profile or a heap snapshot here.'),
    shape: 'M0,-11.5 A2.9,2.9 0 1 1 -0.01,-11.5 Z',
    color: 'text',
    hollow: true,
  },
};

export const DEEDS: Record<DeedKind, Word> = {
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

export interface LinkWord extends Word {
  color: ColorName;
  /** Lengths of its dashes and gaps, in px; none: a whole line. */
  dashes: number[];
  end: 'head' | 'ring' | 'dot';
  /** In px. */
  width: number;
}

/** What goes between the lane that is chosen and others. */
export const LINKS: Record<ArrowKind, LinkWord> = {
  message: {
    label: t('message'),
    explanation: t('From when it was posted to when it was taken.'),
    color: 'text',
    dashes: [],
    end: 'head',
    width: 1,
  },
  unread: {
    label: t('message that nobody took'),
    explanation: t('It was posted, and its receiver ended, or lives on, without having taken it.'),
    color: 'killed',
    dashes: [3, 3],
    end: 'ring',
    width: 1,
  },
  wake: {
    label: t('woken by'),
    explanation: t('From who called Atomics.notify() to who waited for it.'),
    color: 'returned',
    dashes: [1, 2],
    end: 'head',
    width: 2,
  },
  hold: {
    label: t('held by'),
    explanation: t('From here on main could not end the process because of this thread.'),
    color: 'keepsAlive',
    dashes: [6, 2],
    end: 'dot',
    width: 1,
  },
};

/** What became of a thing that was begun. */
export const FATES: Record<Unfinished['fate'], string> = {
  lost: t('lost'),
  completed: t('completed anyway'),
  unknown: t('fate not known'),
};

/** How much a finding weighs; the words stand for the icon where that cannot be seen. */
export const SEVERITIES: Record<Severity, { label: string; many: string }> = {
  error: { label: t('error'), many: t('errors') },
  warning: { label: t('warning'), many: t('warnings') },
  info: { label: t('note'), many: t('notes') },
};

/** Instead of an ending. */
export const LIVE: Word = { label: t('still lives'), explanation: t('It has not ended.') };

/** Of a thread at large, in a word. */
export const LIFE: Record<ThreadState, string> = {
  starting: t('starting'),
  alive: t('alive'),
  exiting: t('exiting'),
  ended: t('ended'),
  'lost-contact': t('contact lost'),
};

export const ENDINGS: Record<EndedBy, ShapedWord> = {
  'main-exit': {
    label: t('killed with main'),
    explanation: t('Main exited while this thread ran: it was cut off in whatever it was doing.'),
    shape:
      'M0,-7 A7,7 0 1 1 0,7 A7,7 0 1 1 0,-7 Z M-4.4,-3 L-3,-4.4 L0,-1.4 L3,-4.4 L4.4,-3 L1.4,0 L4.4,3 L3,4.4 L0,1.4 L-3,4.4 L-4.4,3 L-1.4,0 Z M-1.5,-14 H1.5 V-7 H-1.5 Z M-1.5,7 H1.5 V14 H-1.5 Z',
    color: 'killed',
    holes: true,
  },
  'owner-exit': {
    label: t('killed with its owner'),
    explanation: t('The thread that started it ended, and took it along.'),
    shape: 'M0,-6 A6,6 0 1 1 0,6 A6,6 0 1 1 0,-6 Z M-2.5,-2.5 L2.5,2.5 M2.5,-2.5 L-2.5,2.5',
    color: 'killed',
    hollow: true,
    opaque: true,
  },
  returned: {
    label: t('returned'),
    explanation: t('Its work was done and it ended by itself.'),
    shape: 'M0,-4.5 A4.5,4.5 0 1 1 0,4.5 A4.5,4.5 0 1 1 0,-4.5 Z',
    color: 'returned',
  },
  'exit-call': {
    label: t('process.exit()'),
    explanation: t('Its own code called process.exit(); in a worker that ends this thread alone.'),
    shape: 'M-4.5,-4.5 H4.5 V4.5 H-4.5 Z',
    color: 'stopped',
  },
  terminate: {
    label: t('terminated'),
    explanation: t('Another thread called terminate() on it: it was stopped from outside.'),
    shape: 'M-2.3,-5.5 H2.3 L5.5,-2.3 V2.3 L2.3,5.5 H-2.3 L-5.5,2.3 V-2.3 Z M-3,-0.9 V0.9 H3 V-0.9 Z',
    color: 'stopped',
    holes: true,
  },
  error: {
    label: t('uncaught error'),
    explanation: t('An error that nothing caught ended it.'),
    shape:
      'M0,-7.5 L1.9,-3.3 L5.3,-5.3 L4,-1.4 L7.5,0 L4,1.4 L5.3,5.3 L1.9,3.3 L0,7.5 L-1.9,3.3 L-5.3,5.3 L-4,1.4 L-7.5,0 L-4,-1.4 L-5.3,-5.3 L-1.9,-3.3 Z',
    color: 'failed',
  },
  'out-of-memory': {
    label: t('out of memory'),
    explanation: t('It reached the limit of its heap.'),
    shape: 'M-6.5,-6.5 H6.5 V-4.5 H-6.5 Z M0,-3 L6,5.5 H-6 Z',
    color: 'failed',
  },
  signal: {
    label: t('signal'),
    explanation: t('The whole process was killed from outside, for example by the Stop button.'),
    shape: 'M1.5,-8 L-5,1.5 H-0.8 L-1.8,8 L5,-2 H0.8 L2.5,-8 Z',
    color: 'killed',
  },
  'lost-contact': {
    label: t('contact lost'),
    explanation: t('It ran when it was last heard of. What came after is not known.'),
    shape: 'M0,-8 L3,-5 L-3,-1.7 L3,1.7 L-3,5 L0,8 M7,0 H8 M12,0 H13 M17,0 H18',
    color: 'unknown',
    hollow: true,
  },
  unknown: {
    label: t('ended, cause not known'),
    explanation: t('It did end, but nothing that was seen says how.'),
    shape: 'M0,-5 L5,0 L0,5 L-5,0 Z',
    color: 'unknown',
    hollow: true,
    opaque: true,
  },
};
