// Threads and messages that cost more than they give. Pure.
import { grouped } from '../../common/grouped';
import { t } from '../../common/l10n';
import { PARENT_PORT, portOfWorker, workerOfPort } from '../../protocol/activity';
import { endingOf } from '../conclusions/endings';
import type { EarlierStarts } from '../facts/earlier';
import type { ProcessFacts, ThreadFacts } from '../facts/facts';
import { backlogOf } from '../conclusions/traffic/backlog';
import { packageIn } from '../conclusions/pools';
import { labelOf } from '../conclusions/labels';
import { siteText } from '../facts/sites';
import { unturnedSince } from '../conclusions/tasks';
import { lines, secondsText, type Evidence, type Suspect, type Verdict } from './evidence';

/** In µs. */
const UNRESPONSIVE_FOR = 2e6;
const CHURN_WITHIN = 10e6;
const SHORT_LIFE = 1e6;
const CHURN_LEAST = 30;

/** By the rules that look at several threads together. */
export const load = (evidence: Evidence): Verdict[] => [...churn(evidence), ...backlogs(evidence.process)];

export function unresponsive({ thread, label, ended }: Suspect): Verdict[] {
  const since = unturnedSince(thread);
  if (!ended?.fromOutside || since === undefined) return [];
  const lasted = ended.t - since;
  if (lasted < UNRESPONSIVE_FOR) return [];
  const text = t(
    '“{0}” had not turned its event loop for {1} when it was ended from outside.',
    label,
    secondsText(lasted),
  );
  const related = lines([t('This line ended it'), ended.at]);
  // Who terminates such a thread knows of it, mostly.
  const severity = ended.by === 'terminate' ? { severity: 'info' as const } : {};
  return [{ rule: 'unresponsive-worker', thread, t: ended.t, at: thread.start?.at, text, related, ...severity }];
}

function churn({ process, workers }: Evidence): Verdict[] {
  const byLine = startsByLine(workers.map(({ thread }) => thread));
  for (const line of process.earlier?.lines.keys() ?? []) if (!byLine.has(line)) byLine.set(line, []);
  return [...byLine].flatMap(([line, threads]) => churnOf(process, threads, process.earlier?.lines.get(line)));
}

/** By file and line, without those that packages start. */
export function startsByLine(threads: ThreadFacts[]): Map<string, ThreadFacts[]> {
  return grouped(
    threads.filter(({ start }) => start?.at && !packageIn(start.at.file)),
    ({ start }) => `${start!.at!.file}:${start!.at!.line}`,
  );
}

/** Of those that ended long ago the newest of so many starts are needed to know of churn that goes on. */
export const STARTS_KEPT = CHURN_LEAST - 1;

/** When there had been too many; undefined: there never were. @param starts ascending */
export function churnSince(starts: number[]): number | undefined {
  return starts.find((t, i) => i >= CHURN_LEAST - 1 && t - starts[i - CHURN_LEAST + 1]! < CHURN_WITHIN);
}

export function wasShort(process: ProcessFacts, thread: ThreadFacts): boolean {
  const ended = endingOf(process, thread);
  return ended !== undefined && ended.t - thread.firstSeen < SHORT_LIFE;
}

function churnOf(process: ProcessFacts, threads: ThreadFacts[], earlier: EarlierStarts | undefined): Verdict[] {
  const count = threads.length + (earlier?.count ?? 0);
  if (count < CHURN_LEAST) return [];
  const starts = [...(earlier?.recent ?? []), ...threads.map(({ firstSeen }) => firstSeen)].sort((a, b) => a - b);
  const since = earlier?.since ?? churnSince(starts);
  const short = threads.filter((thread) => wasShort(process, thread)).length + (earlier?.short ?? 0);
  if (since === undefined || short * 2 <= count) return [];
  const at = earlier?.at ?? threads.reduce((a, b) => (b.firstSeen < a.firstSeen ? b : a)).start!.at!;
  const span = Math.max(starts.at(-1)!, earlier?.last ?? 0) - Math.min(starts[0]!, earlier?.first ?? Infinity);
  const text = t(
    '{0} started {1} threads in {2}, and most of them lived less than a second.',
    siteText(at),
    count,
    secondsText(span),
  );
  return [{ rule: 'thread-churn', t: since, at, text }];
}

function backlogs(process: ProcessFacts): Verdict[] {
  return [...process.threads.values()].flatMap((from) =>
    [...(from.activity?.ports ?? [])].flatMap(([port]) => backlogVerdict(process, from, port)),
  );
}

/** Between one of these threads and another, told of that one. */
export function backlogsWith(process: ProcessFacts, threads: ReadonlySet<ThreadFacts>): Verdict[] {
  return [...threads].flatMap((thread) => {
    const channels = [...(thread.activity?.ends ?? [])].filter(
      ([port]) => port !== PARENT_PORT && workerOfPort(port) === undefined,
    );
    const others = [
      { thread: thread.start?.tid, port: portOfWorker(thread.id) },
      ...channels.map(([, end]) => end),
    ].flatMap(({ thread: id, port }) => {
      const other = id === undefined ? undefined : process.threads.get(id);
      return other && !threads.has(other) && other.activity?.ports.has(port)
        ? backlogVerdict(process, other, port)
        : [];
    });
    const own = [...(thread.activity?.ports.keys() ?? [])].flatMap((port) => backlogVerdict(process, thread, port));
    return [...own, ...others].map((verdict) => ({ ...verdict, thread }));
  });
}

function backlogVerdict(process: ProcessFacts, from: ThreadFacts, port: number): Verdict[] {
  const end = from.activity!.ends.get(port);
  if (!end) return [];
  const to = process.threads.get(end.thread);
  const posts = from.activity!.ports.get(port)!;
  if (!to?.probed || !to.activity) return [];
  if (to.pauses.length > 0) return []; // they wait for whoever is at the debugger
  const there = to.activity.ports.get(end.port);
  if (there?.polled) return [];
  const backlog = backlogOf(posts.posts, there?.receipts);
  if (!backlog) return [];
  const worker = workerOfPort(port) !== undefined ? to : port === PARENT_PORT ? from : to;
  const text = t(
    'Messages from “{0}” to “{1}” came faster than they were taken for {2}: {3} waited in the end.',
    labelOf(from),
    labelOf(to),
    secondsText(backlog.lasted),
    backlog.most,
  );
  return [{ rule: 'message-backlog', thread: to, t: backlog.t, at: worker.start?.at, text }];
}
