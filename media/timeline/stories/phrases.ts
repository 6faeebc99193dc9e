// What the timeline says of threads, pools and ends, as phrases that stand behind a label or inside of a sentence. Pure.
import { counted, decimal, t } from '../../../src/common/l10n';
import { shown } from '../../../src/common/untrusted';
import { valueAt } from '../../../src/model/conclusions/cutOff';
import type {
  Ending,
  Finding,
  Flip,
  FlipRun,
  PoolPicture,
  ProcessPicture,
  Traffic,
} from '../../../src/protocol/picture';
import type { Lane } from '../data/run';
import type { Doing } from '../scene/activity';
import type { PhaseBand } from '../scene/types';
import type { Moments } from '../time/scales';
import { duration, momentOf, percent } from '../words/text';
import { BARS, COMPUTING, ENDINGS, LIFE, PHASES, STATES } from '../words/vocabulary';

/** What kind of thread it is, in the words of its runtime. */
export function kindText({ thread, process: { runtime } }: Pick<Lane, 'thread' | 'process'>): string {
  switch (thread.kind) {
    case 'main':
      return t('main thread');
    case 'worker':
      return runtime.thread;
    case 'loader-hooks':
      return runtime.internalThread;
    case 'tool':
      return t('{0} of a tool', runtime.thread);
  }
}

const LONGEST_SENTENCE = 240;
export const sentence = (text: string): string => shown(text, LONGEST_SENTENCE);

export const withoutProbe = (): string => t('It ran without the probe: only what its owner saw is known.');

export function holdText({ thread, process: { runtime }, owner, daemon, ended }: Lane): string {
  if (daemon === undefined) return BARS.unknown.explanation;
  if (thread.kind === 'main')
    return ended ? t('Main: the process lived as long as main did') : t('Main: the process lives as long as main does');
  const refd = valueAt(thread.refs, ended?.t ?? Infinity);
  const { keepsAlive } = runtime;
  if (!daemon) return ended ? t('Kept it alive ({0})', keepsAlive) : t('Keeps it alive ({0})', keepsAlive);
  // Where the runtime has the same word for it, it is said once.
  if (runtime.daemon.toLowerCase() === BARS.daemon.label.toLowerCase())
    return ended ? t('Daemon: did not keep it alive') : t('Daemon: does not keep it alive');
  const why =
    refd && owner ? t('{0}, but its owner “{1}” is a daemon', keepsAlive, shown(owner.label, 40)) : runtime.daemon;
  return ended ? t('Daemon ({0}): did not keep it alive', why) : t('Daemon ({0}): does not keep it alive', why);
}

/** Without `now` it is said without numbers that grow: a screen reader would read them out again and again. */
export function stateText({ state, thread }: Lane, now?: number): string {
  const { unresponsive } = thread.activity ?? {};
  if (thread.paused) return t('paused by the debugger');
  switch (state) {
    case 'starting':
      return t('starting: its code is not running yet');
    case 'exiting':
      return t('exiting: its code is done, its exit handlers are running');
    case 'alive':
      if (unresponsive?.computes)
        return now === undefined
          ? COMPUTING
          : t('computing for {0}, without a turn of its event loop', duration(now - unresponsive.since));
      if (unresponsive) {
        return now === undefined
          ? t('unresponsive: its event loop is busy, so it receives no messages')
          : t(
              'unresponsive for {0}: its event loop is busy, so it receives no messages',
              duration(now - unresponsive.since),
            );
      }
      return thread.terminateCalls.length > 0 ? t('alive; terminate() was called') : LIFE.alive;
    default:
      return LIFE[state];
  }
}

/** "running, 60 % busy; blocked for a part of it" */
export function doingText({ state, busy, share, peak }: Doing): string {
  const parts = [STATES[state].label];
  if (state === 'running') parts.push(busyText(busy));
  if (share < 0.95) parts.push(t('{0} of this moment', percent(Math.max(0.01, share))));
  const all = parts.join(', ');
  return peak ? t('{0}; {1} for part of it', all, STATES[peak].label) : all;
}

/** When a call was made, and that a person made it. */
export const byWhom = (when: string, by: Flip['by']): string => (by === 'hand' ? t('{0}, by you', when) : when);

/** What the last of a run of flips stands for. */
export const runText = ({ since, count = 0 }: FlipRun, moments: Moments): string =>
  counted(
    count,
    'the last of {0} call since {1}, too many to show each',
    'the last of {0} calls since {1}, too many to show each',
    momentOf(since, moments),
  );

export interface PoolThreads {
  pool: PoolPicture;
  /** Those of its threads that stand together. */
  lanes: readonly Lane[];
  findings: readonly Finding[];
}

/** Those that ended long ago, too, of which only their number is kept. */
export const sizeOf = ({ pool: { earlier = 0 }, lanes }: Pick<PoolThreads, 'pool' | 'lanes'>): number =>
  lanes.length + earlier;

export function poolText({ label, threads, earlier = 0, live, busy }: PoolPicture): string {
  const all = threads.length + earlier;
  const parts = [shown(label, 60)];
  if (live > 0) parts.push(counted(all, '{1} of {0} thread live', '{1} of {0} threads live', live));
  if (live > 0 && busy !== undefined) parts.push(t('{0} busy', busy));
  return parts.join(', ');
}

/** "3 live, 2 returned, 1 killed with main, 40 ended earlier" */
export const poolFares = ({ pool: { earlier = 0 }, lanes }: PoolThreads): string =>
  [faresOf(lanes), ...(earlier > 0 ? [counted(earlier, '{0} ended earlier', '{0} ended earlier')] : [])].join(', ');

export function faresOf(lanes: readonly Lane[]): string {
  const counts = new Map<string, number>();
  for (const { ended } of lanes) {
    const what = ended ? ENDINGS[ended.by].label : t('live');
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, n]) => `${n} ${what}`).join(', ');
}

export const askedText = (ago: number): string => t('{0} ago, not answered yet', duration(ago));
export const busyText = (share: number): string => t('{0} busy', percent(share));
export const heapText = ({ usedKiB, limitKiB }: { usedKiB: number; limitKiB: number }): string =>
  t('{0} of {1} MiB', decimal(usedKiB / 1024, 1), decimal(limitKiB / 1024, 0));

export function trafficText({ posted, received, unheard, queue }: Traffic): string {
  const parts = [
    posted === undefined || posted === received
      ? t('{0} received', received)
      : t('{0} of {1} received', received, posted),
  ];
  if (unheard) parts.push(t('{0} with no listener', unheard));
  if (queue) parts.push(queueText(queue));
  return parts.join(', ');
}

export const queueText = ({ mean, longest }: NonNullable<Traffic['queue']>): string =>
  t('after {0}, at most {1}', duration(mean), duration(longest));

/** What a thread waits in, as one of `Blocking`. */
export const waitText = (what: string): string =>
  what === 'synchronous child process' ? t('synchronous child process') : shown(what, 40);

/** The words at the exit line. */
export function exitText(exit: Ending): string {
  return exit.by === 'lost-contact' ? sentence(exit.because) : t('main ended: {0}', sentence(exit.because));
}

export function wallClock(process: ProcessPicture, at: number): string {
  if (process.wall === 0) return t('unknown');
  const date = new Date(process.wall + (at - process.startedAt) / 1000);
  const millis = String(date.getMilliseconds()).padStart(3, '0');
  return `${date.toLocaleTimeString('en-GB', { hour12: false })}.${millis}`;
}

export const phaseText = ({ phase }: PhaseBand): string => PHASES[phase.phase].label;
