// What the rules look at: one process, with each of its workers as it is or was. Pure.
import { fixed, t } from '../../common/l10n';
import type { Alive, Ending, EndedBy, Finding, ThreadActivity, Unfinished } from '../../protocol/picture';
import { PARENT_PORT, portOfWorker } from '../../protocol/activity';
import type { Site } from '../../protocol/probeEvents';
import { ruleOf, type RuleId, type Severity } from '../../protocol/rules';
import { activityPicture } from '../conclusions/activityPicture';
import { endingOf, mainEnding, ownerOf, wasStopped } from '../conclusions/endings';
import type { EarlierGroup } from '../facts/earlier';
import { isMain, seenThreads, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import { runtimeOf } from '../runtimes/runtimes';
import { keepsAlive } from '../conclusions/flips';
import { aliveBecause } from '../conclusions/holds';
import { labelOf } from '../conclusions/labels';
import { siteText } from '../facts/sites';
import { poolsByThread, type Pool } from '../conclusions/pools';
import { unfinished } from '../conclusions/unfinished';

export interface Evidence {
  process: ProcessFacts;
  pools: Pool[];
  alive?: Alive;
  /** Without main and Node's own. */
  workers: Suspect[];
}

export interface Suspect {
  process: ProcessFacts;
  thread: ThreadFacts;
  owner?: ThreadFacts;
  label: string;
  ended?: Ending;
  activity?: ThreadActivity;
  unfinished: Unfinished[];
  pool?: Pool;
  /** Whether it kept the process alive, at its end or now; undefined: not known. */
  keepsAlive?: boolean;
  /** The call that made it a daemon. */
  unrefAt?: Site;
}

export function evidenceOf(process: ProcessFacts, pools: Pool[], now: number): Evidence {
  const alive = aliveBecause(process, pools, now);
  const poolOf = poolsByThread(pools);
  const workers = seenThreads(process)
    .filter((thread) => !isMain(thread) && !thread.start?.internal)
    .map((thread) => suspect(process, thread, poolOf.get(thread)));
  return { process, pools, ...(alive ? { alive } : {}), workers };
}

export function suspect(process: ProcessFacts, thread: ThreadFacts, pool: Pool | undefined): Suspect {
  const ended = endingOf(process, thread);
  const activity = activityPicture(process, thread);
  const owner = ownerOf(process, thread);
  const keeps = keepsAlive(process, thread).at(-1);
  return {
    process,
    thread,
    ...(owner ? { owner } : {}),
    label: labelOf(thread),
    ...(ended ? { ended } : {}),
    ...(activity ? { activity } : {}),
    unfinished: activity && ended?.fromOutside ? unfinished(runtimeOf(process), activity, ended) : [],
    ...(pool ? { pool } : {}),
    ...(keeps ? { keepsAlive: keeps.value } : {}),
    ...(keeps && !keeps.value && keeps.at && keeps.by !== 'listener' ? { unrefAt: keeps.at } : {}),
  };
}

/** Stopped in the middle of what it did without the program having asked for it, as `terminate()` does. */
const CUTS: ReadonlySet<EndedBy> = new Set(['main-exit', 'owner-exit', 'out-of-memory', 'signal']);
/** Its ending, if it was such a one. */
export const cutOffOf = ({ ended }: Pick<Suspect, 'ended'>): Ending | undefined =>
  ended && CUTS.has(ended.by) ? ended : undefined;

/** Messages that were posted and not taken: how many, and when the last of them was posted, in µs. */
export interface Mail {
  count: number;
  last: number;
}

/** From its owner, posted up to `until`, in µs. */
export function unreadMail({ thread, owner }: Suspect, until: number): Mail {
  const posts = owner?.activity?.posts.of(portOfWorker(thread.id));
  if (!posts || !thread.probed || !thread.activity) return NO_MAIL;
  return untaken(posts, thread.activity.ports.get(PARENT_PORT)?.received ?? 0, until);
}

/** To its owner, posted before `until`, in µs. */
export function unheardMail({ thread, owner }: Suspect, until: number): Mail {
  const posts = thread.activity?.posts.of(PARENT_PORT);
  if (!posts || !owner?.activity) return NO_MAIL;
  return untaken(posts, owner.activity.ports.get(portOfWorker(thread.id))?.received ?? 0, until);
}

const NO_MAIL: Mail = { count: 0, last: 0 };

/**
 * They are taken in their order, so their numbers tell: that nothing is known of the taking of one may only say that the
 * record of it was dropped.
 */
function untaken(posts: ReadonlyMap<number, number>, received: number, until: number): Mail {
  let [highest, last] = [received, 0];
  for (const [n, time] of posts) if (n > highest && time <= until) [highest, last] = [n, time];
  return { count: highest - received, last };
}

/** A finding without what goes without saying. */
export interface Verdict {
  rule: RuleId;
  t: number;
  text: string;
  thread?: ThreadFacts;
  pool?: Pool;
  /** Threads that ended long ago, of which it is true. */
  earlier?: EarlierGroup;
  /** Of how many threads it is true. */
  count?: number;
  at?: Site | undefined;
  severity?: Severity;
  /** In place of the rule's own. */
  advice?: string;
  related?: Finding['related'];
}

export function findingOf(process: ProcessFacts, verdict: Verdict): Finding {
  const { rule, text, thread, pool, earlier, count = 1, at, severity, related = [] } = verdict;
  const about = thread?.key ?? pool?.key ?? earlier?.key ?? (at ? `${process.key} ${at.file}:${at.line}` : process.key);
  const advice = verdict.advice ?? ruleOf(rule).advice;
  return {
    id: `${rule} ${about}`,
    rule,
    severity: severity ?? ruleOf(rule).severity,
    process: process.key,
    ...(thread ? { thread: thread.key } : {}),
    ...(pool ? { pool: pool.key } : {}),
    ...(count > 1 ? { count } : {}),
    t: verdict.t,
    ...(at ? { at } : {}),
    text,
    advice: byDebugger(process) ? `${advice} ${politeStop()}` : advice,
    related: related.filter((other) => !isSame(other.at, at)),
  };
}

const politeStop = (): string =>
  t(
    'The debugger’s Stop killed the process at once; with "killBehavior": "polite" in the launch configuration it asks first.',
  );
const byDebugger = (process: ProcessFacts): boolean =>
  process.end !== undefined && process.end.how !== 'lost-contact' && wasStopped(process, process.end.t);

const isSame = (a: Site, b: Site | undefined): boolean => a.file === b?.file && a.line === b.line;

/** Lines that belong to it, as far as they are known. */
export const lines = (...all: [text: string, at: Site | undefined][]): Finding['related'] =>
  all.flatMap(([text, at]) => (at ? [{ text, at }] : []));

/** A sentence: how it ended, and of a daemon why nobody waited for it. */
export function fell({ label, unrefAt, process }: Suspect, { because, by }: Ending): string {
  if (by === 'out-of-memory') return t('“{0}” ran out of memory: it reached its heap limit.', label);
  const main = by === 'main-exit' ? mainEnding(process) : undefined;
  const isDone = main?.by === 'returned' && !runtimeOf(process).endings.isUnsettled(main.code ?? 0);
  if (!isDone) return t('“{0}” was {1}.', label, because);
  if (!unrefAt) return t('“{0}” was killed at the moment main was done.', label);
  return t(
    '“{0}” was killed at the moment main was done: unref() at {1} had said not to wait for it.',
    label,
    siteText(unrefAt),
  );
}

/** As short as it is clear: what lies below the working directory is told from there. */
export function fileText({ start }: ProcessFacts, file: string): string {
  const folder = start?.cwd ?? '';
  return folder && file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
}

/** In steps that read well. */
export function secondsText(micros: number): string {
  const value = Math.max(0, micros) / 1e6;
  return t('{0} s', fixed(value, value < 10 ? 1 : 0));
}
