// Processes that will never end by themselves. Pure.
import { t } from '../../common/l10n';
import type { Alive, Holder } from '../../protocol/picture';
import { PARENT_PORT } from '../../protocol/activity';
import type { Site } from '../../protocol/probeEvents';
import { ownerOf } from '../conclusions/endings';
import { isMain, type ProcessFacts, type ThreadFacts } from '../facts/facts';
import { ownFlips } from '../conclusions/flips';
import { labelOf } from '../conclusions/labels';
import { siteText } from '../facts/sites';
import { askedSince } from '../conclusions/tasks';
import { lines, type Evidence, type Suspect, type Verdict } from './evidence';

/** In µs. */
const LONG_ENOUGH = 2e6;

/** One for each holder: all of them have to go. */
export function neverExits({ process, alive, workers, pools }: Evidence): Verdict[] {
  if (!alive?.stuck || alive.waitingSince === undefined || alive.t - alive.waitingSince < LONG_ENOUGH) return [];
  const { waitingSince } = alive;
  return alive.holders.flatMap((holder): Verdict[] => {
    const { kind, what, at } = holder;
    if (kind === 'port' || kind === 'broadcast') {
      if (isOtherEnd(alive, workers, holder)) return [];
      const text = t('Main only waits, and {0} is still open, which keeps the process alive.', what);
      return [{ rule: 'held-by-port', t: waitingSince, at, text }];
    }
    if (kind === 'resource') return [];
    const pool = pools.find(({ key }) => key === holder.pool);
    const thread = workers.find((worker) => worker.thread.key === holder.thread)?.thread ?? pool?.threads[0];
    if (!thread) return [];
    const about = kind === 'pool' ? { pool: pool! } : { thread };
    return [heldBy(process, holder, thread, { ...about, t: waitingSince, at: at ?? pool?.at ?? thread.start?.at })];
  });
}

/** @param about what the verdict is about, and where, unless something else is found */
function heldBy(
  process: ProcessFacts,
  holder: Holder,
  thread: ThreadFacts,
  about: Pick<Verdict, 'pool' | 'thread' | 't' | 'at'>,
): Verdict {
  const { kind, what, because, at } = holder;
  const start = thread.start?.at;
  const started = lines([t('It was started here'), start]);
  const undone = relistened(thread);
  if (undone) {
    const text = t(
      'Main only waits. unref() had said that “{0}” need not be waited for; a listener that was added afterwards undid that, so it keeps the process alive.',
      kind === 'pool' ? what : labelOf(thread),
    );
    const related = [...lines([t('unref() was called here'), undone.unref]), ...started];
    return { rule: 'unref-undone', thread, t: about.t, at: undone.at ?? start, text, related };
  }
  const unanswered = isOwing(process, thread) ? ` ${t('It has not answered the last message of its owner.')}` : '';
  const port = onlyPort(thread);
  if (port) {
    const text = keepsText(what, because) + unanswered;
    return { rule: 'held-by-port', thread, t: about.t, at: port, text, related: started };
  }
  const text = keepsText(kind === 'pool' ? what : startedText(what, process, thread), because) + unanswered;
  return { rule: 'held-by-worker', ...about, text, related: at ? started : [] };
}

const keepsText = (who: string, because: string[]): string =>
  because.length === 0
    ? t('Main only waits, and {0} keeps the process alive.', who)
    : t('Main only waits, and {0} keeps the process alive: {1}.', who, because.join(', '));

/** Who, and where that was started. */
function startedText(who: string, process: ProcessFacts, thread: ThreadFacts): string {
  const at = thread.start?.at;
  if (!at) return who;
  const owner = ownerOf(process, thread);
  if (!owner || isMain(owner)) return t('{0}, started at {1},', who, siteText(at));
  return t('{0}, started by “{1}” at {2},', who, labelOf(owner), siteText(at));
}

/** Such a channel is told of once, at the worker: to close either end closes both. */
function isOtherEnd(alive: Alive, workers: Suspect[], { kind, thread }: Holder): boolean {
  if (kind !== 'port' || !thread) return false;
  const other = workers.find((worker) => worker.thread.key === thread);
  return (
    other !== undefined &&
    alive.holders.some((holder) => holder.thread === thread && holder.kind === 'worker') &&
    onlyPort(other.thread) !== undefined
  );
}

const isOwing = (process: ProcessFacts, thread: ThreadFacts): boolean => (askedSince(process, thread) ?? 0) > 0;

/** It holds because a listener ref'd it after unref(). */
function relistened(thread: ThreadFacts): { at?: Site | undefined; unref?: Site | undefined } | undefined {
  const flips = ownFlips(thread);
  const last = flips.at(-1);
  if (!last?.value || last.by !== 'listener') return undefined;
  return { at: last.at, unref: flips.at(-2)?.at };
}

/** It does not listen to its owner: a port of its own alone keeps it. */
function onlyPort({ activity }: ThreadFacts): Site | undefined {
  const { ports = [] } = activity?.resources ?? {};
  if (ports.length === 0 || ports.includes(PARENT_PORT)) return undefined;
  return activity!.portSites.get(ports[0]!);
}
