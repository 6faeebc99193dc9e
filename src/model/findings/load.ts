// Threads and messages that cost more than they give. Pure.
import { t } from '../../common/l10n';
import { PARENT_PORT, workerOfPort } from '../../protocol/activity';
import { endingOf } from '../conclusions/endings';
import type { ProcessFacts, ThreadFacts } from '../facts/facts';
import { backlogOf } from '../conclusions/backlog';
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

export const load = (evidence: Evidence): Verdict[] => [
  ...evidence.workers.flatMap(unresponsive),
  ...churn(evidence),
  ...backlogs(evidence.process),
];

function unresponsive({ thread, label, ended }: Suspect): Verdict[] {
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
  const byLine = new Map<string, ThreadFacts[]>();
  for (const { thread } of workers) {
    const at = thread.start?.at;
    if (!at || packageIn(at.file)) continue;
    const line = `${at.file}:${at.line}`;
    const group = byLine.get(line);
    if (group) group.push(thread);
    else byLine.set(line, [thread]);
  }
  return [...byLine.values()].flatMap((threads) => churnOf(process, threads));
}

function churnOf(process: ProcessFacts, threads: ThreadFacts[]): Verdict[] {
  if (threads.length < CHURN_LEAST) return [];
  const byStart = [...threads].sort((a, b) => a.firstSeen - b.firstSeen);
  const short = (thread: ThreadFacts): boolean => {
    const ended = endingOf(process, thread);
    return ended !== undefined && ended.t - thread.firstSeen < SHORT_LIFE;
  };
  const last = byStart.findIndex(
    (thread, i) => i >= CHURN_LEAST - 1 && thread.firstSeen - byStart[i - CHURN_LEAST + 1]!.firstSeen < CHURN_WITHIN,
  );
  if (last < 0 || byStart.filter(short).length * 2 <= byStart.length) return [];
  const at = byStart[0]!.start!.at!;
  const span = byStart.at(-1)!.firstSeen - byStart[0]!.firstSeen;
  const text = t(
    '{0} started {1} threads in {2}, and most of them lived less than a second.',
    siteText(at),
    byStart.length,
    secondsText(span),
  );
  return [{ rule: 'thread-churn', t: byStart[last]!.firstSeen, at, text }];
}

function backlogs(process: ProcessFacts): Verdict[] {
  return [...process.threads.values()].flatMap((from) =>
    [...(from.activity?.ports ?? [])].flatMap(([port]) => backlogVerdict(process, from, port)),
  );
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
