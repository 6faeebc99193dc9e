// What stands on the lines of the program at a moment that a person has chosen in the timeline: of the threads that each line
// started, which lived then, and what they did. Pure.
import { decimal, t } from '../common/l10n';
import { forEditor } from '../common/untrusted';
import { isDaemon } from '../model/conclusions/cutOff';
import type { Snapshot, ThreadPicture } from '../protocol/picture';
import type { TrackState } from '../protocol/tracks';

/** What a thread did at that moment. */
export interface Doing {
  state: TrackState;
  /** Busy share of its loop, 0 to 1. */
  busy: number;
}

/** By path of the file, then by line from 1. */
export type MomentLines = ReadonlyMap<string, ReadonlyMap<number, string>>;

/**
 * Of the runs that lived at `at`, in µs on the adapter's clock.
 * @param doing by the key of a thread; what is not there is not known
 */
export function momentLines({ threads }: Snapshot, at: number, doing: ReadonlyMap<string, Doing>): MomentLines {
  const lines = new Map<string, Map<number, string>>();
  for (const { file, line, started } of startLines(threads)) {
    let texts = lines.get(file);
    if (!texts) lines.set(file, (texts = new Map<number, string>()));
    texts.set(line, lineAt(started, { at, doing, threads }));
  }
  return lines;
}

interface StartLine {
  file: string;
  line: number;
  started: ThreadPicture[];
}

function startLines(threads: readonly ThreadPicture[]): Iterable<StartLine> {
  const found = new Map<string, StartLine>();
  for (const thread of threads) {
    const { startSite } = thread;
    if (!startSite) continue;
    const key = `${startSite.line} ${startSite.file}`;
    const same = found.get(key);
    if (same) same.started.push(thread);
    else found.set(key, { file: startSite.file, line: startSite.line, started: [thread] });
  }
  return found.values();
}

interface Moment {
  at: number;
  doing: ReadonlyMap<string, Doing>;
  threads: readonly ThreadPicture[];
}

function lineAt(started: readonly ThreadPicture[], { at, doing, threads }: Moment): string {
  const living = started.filter(({ startedAt, ended }) => startedAt <= at && (ended?.t ?? Infinity) > at);
  const [only] = living;
  if (!only) return started.some(({ startedAt }) => startedAt > at) ? t('not started yet') : t('had ended');
  if (started.length === 1)
    return [waitText(only, at, threads) ?? doingText(doing.get(only.key)), ...holdText(only, at)].join(', ');
  const all = t('{0} of {1} alive', living.length, started.length);
  return [all, ...counted(living.map(({ key }) => doing.get(key)?.state ?? 'alive'))].join(' · ');
}

/** For whom it waited, where that is known. */
function waitText({ waits, ended }: ThreadPicture, at: number, threads: readonly ThreadPicture[]): string | undefined {
  const wait = waits?.filter(({ from, to = ended?.t ?? Infinity }) => from <= at && to > at).at(-1);
  const whom = wait && threads.find(({ key }) => key === wait.whom);
  return whom && t('waits for “{0}”', forEditor(whom.label, LONGEST_NAME));
}
const LONGEST_NAME = 24;

function holdText(thread: ThreadPicture, at: number): string[] {
  const daemon = isDaemon(thread, at);
  return daemon === undefined ? [] : [daemon ? t('a daemon') : t('keeps the process alive')];
}

function doingText(doing: Doing | undefined): string {
  if (doing?.state === 'running') return t('{0} % busy', decimal(doing.busy * 100, 0));
  return words()[doing?.state ?? 'alive'];
}

/** "2 idle", "1 blocked" */
function counted(states: readonly TrackState[]): string[] {
  const counts = new Map<TrackState, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, n]) => `${decimal(n, 0)} ${words()[state]}`);
}

const words = (): Record<TrackState, string> => ({
  none: t('not known'),
  alive: t('not known'),
  idle: t('idle'),
  running: t('running'),
  starting: t('starting'),
  gap: t('not recorded'),
  unresponsive: t('unresponsive'),
  blocked: t('blocked'),
  paused: t('paused'),
  exiting: t('exiting'),
});
