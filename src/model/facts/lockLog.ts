// What is kept of a thread's requests for locks: those that have not come to their end. Pure.
import { LockStep, lockOf } from '../../protocol/activity';
import type { Activity } from '../../protocol/activityBatch';
import type { Site } from '../../protocol/probeEvents';

/** One request for a lock that has not come to its end. */
export interface OpenLock {
  name: string;
  /** It may be held by several at once. */
  isShared: boolean;
  /** When it was asked for or, of a lock that is held, given; in µs. */
  since: number;
  /** Where it was asked for; absent where that is not known. */
  at?: Site;
}

export interface OpenLocks {
  held: OpenLock[];
  /** Asked for and not given so far, first the one that was asked for first. */
  asked: OpenLock[];
}

/** Requests of one lock in one mode. Times in µs, with the number of the place. */
interface Requests {
  asked: Request[];
  /** How many more were asked for after those, of which nothing else is kept. */
  more: number;
  held: Request[];
  /** Refused, and their ends not told. */
  refused: number;
}
interface Request {
  t: number;
  site: number;
}

/** Of one lock, and locks of one thread, that are kept apart. */
const MOST_REQUESTS = 64;
const MOST_LOCKS = 512;
const UNKNOWN_SITE = 0;

export class LockLog {
  private readonly names = new Map<number, string>();
  /** By twice the number of the lock, and one more for those that share it. */
  private readonly requests = new Map<number, Requests>();

  name(lock: number, name: string): void {
    if (!this.names.has(lock)) keep(this.names, lock, name);
  }

  /** Records are missing: what was open may be no more. */
  forget(): void {
    this.requests.clear();
  }

  fold({ t, arg, a, b }: Activity): void {
    const { step, isShared } = lockOf(a);
    const key = arg * 2 + Number(isShared);
    const requests = this.requests.get(key) ?? { asked: [], more: 0, held: [], refused: 0 };
    take(requests, step, t, b);
    if (requests.asked.length + requests.held.length + requests.refused === 0) this.requests.delete(key);
    else keep(this.requests, key, requests);
  }

  open(sites: ReadonlyMap<number, Site>): OpenLocks {
    const open: OpenLocks = { held: [], asked: [] };
    for (const [key, { asked, held }] of this.requests) {
      const name = this.names.get(key >> 1);
      if (name === undefined) continue;
      const openLock = ({ t, site }: Request): OpenLock => {
        const at = sites.get(site);
        return { name, isShared: key % 2 === 1, since: t, ...(at ? { at } : {}) };
      };
      open.held.push(...held.map(openLock));
      open.asked.push(...asked.map(openLock));
    }
    open.asked.sort((x, y) => x.since - y.since);
    return open;
  }
}

/** Locks are given in the order in which they were asked for; a request that would not wait is refused at once. */
function take(requests: Requests, step: number, t: number, site: number): void {
  const { asked, held } = requests;
  switch (step) {
    case LockStep.asked:
      if (asked.length < MOST_REQUESTS) asked.push({ t, site });
      else requests.more++;
      break;
    case LockStep.held: {
      const request = next(requests);
      if (held.length < MOST_REQUESTS) held.push({ t, site: request?.site ?? UNKNOWN_SITE });
      break;
    }
    case LockStep.refused:
      if (requests.more > 0) requests.more--;
      else asked.pop();
      requests.refused++;
      break;
    case LockStep.freed:
      if (requests.refused > 0) requests.refused--;
      else if (held.length > 0) release(held);
      else next(requests); // given up, or it failed
  }
}

function next(requests: Requests): Request | undefined {
  const request = requests.asked.shift();
  if (request && requests.more > 0 && requests.asked.length === 0) {
    requests.more--;
    requests.asked.push({ t: request.t, site: UNKNOWN_SITE });
  }
  return request;
}

/** Which of several that hold it together is not told: where the others asked for it is not known any more, if not in one place. */
function release(held: Request[]): void {
  const [first, ...others] = held;
  held.shift();
  if (others.some(({ site }) => site !== first!.site)) for (const other of held) other.site = UNKNOWN_SITE;
}

/** Of a hostile number of them the oldest go. */
function keep<T>(map: Map<number, T>, key: number, value: T): void {
  map.set(key, value);
  if (map.size > MOST_LOCKS) map.delete(map.keys().next().value!);
}
