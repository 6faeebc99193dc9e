// Processes that will never end by themselves. Pure.
import type { Alive, Holder } from '../../protocol/picture';
import { PARENT_PORT } from '../../protocol/activity';
import type { Site } from '../../protocol/probeEvents';
import type { ProcessFacts, ThreadFacts } from '../facts';
import { refFlips } from '../flips';
import { startedAt } from '../holds';
import { askedSince } from '../tasks';
import { lines, type Evidence, type Suspect, type Verdict } from './evidence';

/** In µs. */
const LONG_ENOUGH = 2e6;

/** One for each holder: all of them have to go. */
export function neverExits({ process, alive, workers, pools }: Evidence): Verdict[] {
  if (!alive?.stuck || alive.waitingSince === undefined || alive.t - alive.waitingSince < LONG_ENOUGH) return [];
  const waited = 'Main only waits';
  const { waitingSince: t } = alive;
  return alive.holders.flatMap((holder): Verdict[] => {
    const { kind, what, at } = holder;
    if (kind === 'port' || kind === 'broadcast') {
      if (isOtherEnd(alive, workers, holder)) return [];
      const text = `${waited}, and ${what} is still open, which keeps the process alive.`;
      return [{ rule: 'held-by-port', t, at, text }];
    }
    if (kind === 'resource') return [];
    const pool = pools.find(({ key }) => key === holder.pool);
    const thread = workers.find((worker) => worker.thread.key === holder.thread)?.thread ?? pool?.threads[0];
    if (!thread) return [];
    const why = holder.because.length > 0 ? `: ${holder.because.join(', ')}` : '';
    const start = thread.start?.at;
    const undone = relistened(thread);
    if (undone) {
      const text = `${waited}. unref() had said that “${labelIn(what)}” need not be waited for; a listener that was added afterwards undid that, so it keeps the process alive.`;
      const related = lines(['unref() was called here', undone.unref], ['It was started here', start]);
      return [{ rule: 'unref-undone', thread, t, at: undone.at ?? start, text, related }];
    }
    const unanswered = isOwing(process, thread) ? ' It has not answered the last message of its owner.' : '';
    const port = onlyPort(thread);
    if (port) {
      const text = `${waited}, and ${what} keeps the process alive${why}.${unanswered}`;
      return [{ rule: 'held-by-port', thread, t, at: port, text, related: lines(['It was started here', start]) }];
    }
    const from = kind === 'pool' || !start ? '' : `, started${startedAt(process, thread)},`;
    const text = `${waited}, and ${what}${from} keeps the process alive${why}.${unanswered}`;
    const about = kind === 'pool' ? { pool: pool! } : { thread };
    return [
      { rule: 'held-by-worker', ...about, t, at: at ?? pool?.at ?? start, text, related: startOf(holder, start) },
    ];
  });
}

const startOf = ({ at }: Holder, start: Site | undefined) => (at ? lines(['It was started here', start]) : []);

/** Worker “name” → name. */
const labelIn = (what: string): string => /“(.*)”/s.exec(what)?.[1] ?? what;

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
  const flips = refFlips(thread);
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
