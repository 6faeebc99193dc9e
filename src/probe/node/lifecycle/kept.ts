// What is left of timers, servers, sockets, children and watchers that were heard of when they were made.
import type { Site } from '../../../protocol/probeEvents';
import { ownKeys } from '../tools/builtins';
import { valueAt } from '../tools/internals';
import type { Kept, Made } from '../given';

/** So many more may be looked at after each look at what keeps the loop turning. */
const TIMERS_A_LOOK = 8;
const OTHERS_A_LOOK = 16;
const SOCKETS_A_LOOK = 8;

export function refill(made: Made): void {
  made.timersLeft = TIMERS_A_LOOK;
  made.socketsLeft = SOCKETS_A_LOOK;
  if (made.othersLeft < OTHERS_A_LOOK) made.othersLeft = OTHERS_A_LOOK;
}

/** The lines of timers that keep the loop turning, as far as they are known. */
export function linesOfTimers(made: Made): Site[] {
  const sites: Site[] = [];
  keepThose(made.timers, (timer) => valueAt(timer, '_destroyed') === false);
  for (let i = 0; i < made.timers.length; i++) {
    const { get, at } = made.timers[i]!;
    const timer = get();
    if (timer && at && isRefd(timer)) sites[sites.length] = at;
  }
  return sites;
}

/** Where a server, a socket or a child process was made, or a watcher with this handle. */
export function siteOf({ servers, children, sockets, watchers }: Made, object: object): Site | undefined {
  return siteIn(servers, object) ?? siteIn(children, object) ?? siteIn(sockets, object) ?? siteIn(watchers, object);
}

function siteIn(list: Kept[], object: object): Site | undefined {
  for (let i = list.length - 1; i >= 0; i--) if (list[i]!.get() === object) return list[i]!.at;
  return undefined;
}

/** Servers that listen by way of another process: in a cluster. */
export function serversElsewhere({ servers }: Made): object[] {
  const found: object[] = [];
  keepThose(servers, () => true);
  for (let i = 0; i < servers.length; i++) {
    const server = servers[i]!.get();
    // A plain object stands for the handle of the other process.
    if (server && typeof valueAt(valueAt(server, '_handle'), 'listen') === 'function') found[found.length] = server;
  }
  return found;
}

function keepThose(list: Kept[], is: (object: object) => boolean): void {
  let left = 0;
  for (let i = 0; i < list.length; i++) {
    const object = list[i]!.get();
    if (object && is(object)) list[left++] = list[i]!;
  }
  list.length = left;
}

function isRefd(timer: object): boolean {
  const keys = ownKeys(timer);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (typeof key === 'symbol' && key.description === 'refed') return valueAt(timer, key) === true;
  }
  return false;
}
