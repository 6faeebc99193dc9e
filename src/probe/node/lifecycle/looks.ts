// Looks from time to time at what keeps this thread's loop turning, and tells it where it has changed.
import type { Site, Thing } from '../../../protocol/probeEvents';
import {
  apply,
  arrayIncludes,
  getActiveHandles,
  getActiveResourcesInfo,
  getPrototypeOf,
  ownKeys,
} from '../tools/builtins';
import { valueAt, valueOfSymbol } from '../tools/internals';
import { json, type Json } from '../tools/json';
import type { Spool } from '../spool/spool';
import { portPrototype } from './firstWorker';
import { linesOfTimers, refill, serversElsewhere, siteOf } from './kept';
import type { Made } from '../given';
import { childThing, constructorsOf, isChannel, isServer, serverThing, socketThing, watcherThing } from './things';

/** So many ports and things are told one by one. */
const MOST_PORTS = 32;
const MOST_THINGS = 24;
/** So many handles are looked at. */
const MOST_HANDLES = 1_000;

const PORT = 'MessagePort';
const CHANNEL = 'IPCChannel';
const TIMER = 'Timeout';
const CHILD = 'ProcessWrap';
/** Node counts them also while nobody reads; and servers on pipes as the first. */
const PIPE = 'PipeWrap';
const TERMINAL = 'TTYWrap';
const PIPE_SERVER = 'PipeServerWrap';
const LOOKED_INTO = [
  PORT,
  PIPE,
  TERMINAL,
  CHILD,
  'TCPServerWrap',
  'TCPSocketWrap',
  'UDPWrap',
  'FSEventWrap',
  'StatWatcher',
] as const;

type Counts = Record<string, number>;

export class Looks {
  private last: string | undefined;

  constructor(
    private readonly spool: Spool,
    private readonly made?: Made,
  ) {}

  /**
   * @param numberOf number of a port, where that is known; without it, it is told again also when nothing has changed, as
   * nothing else tells that it is still so
   * @param awaits ids of workers whose next message is waited for
   * Returns how much there was to look at; may throw.
   */
  look(numberOf?: (port: object) => number | undefined, awaits: number[] = []): number {
    const names = getActiveResourcesInfo ? apply(getActiveResourcesInfo, process, []) : [];
    const counts: Counts = {};
    for (let i = 0; i < names.length; i++) counts[names[i]!] = (counts[names[i]!] ?? 0) + 1;
    const seen = new Seen(counts, this.made, numberOf);
    if (needsHandles(counts)) seen.handles(getActiveHandles ? apply(getActiveHandles, process, []) : []);
    if (counts[TIMER]) seen.timers();
    if (this.made) refill(this.made);
    const { ports, things } = seen;
    const text = json({ counts, ports, things, awaits } as unknown as Json);
    if (text !== this.last || !numberOf) {
      this.last = text;
      this.spool.tellResources(counts, ports, things, awaits);
    }
    return names.length;
  }
}

function needsHandles(counts: Counts): boolean {
  for (let i = 0; i < LOOKED_INTO.length; i++) if (counts[LOOKED_INTO[i]!]) return true;
  return false;
}

/** What one look finds. */
class Seen {
  readonly ports: number[] = [];
  readonly things: Thing[] = [];

  constructor(
    private readonly counts: Counts,
    private readonly made: Made | undefined,
    private readonly numberOf: ((port: object) => number | undefined) | undefined,
  ) {}

  /** Takes out of the counts what keeps nothing alive. */
  handles(handles: object[]): void {
    if (handles.length > MOST_HANDLES) return;
    const found: Counts = { [PORT]: 0, [PIPE]: 0, [PIPE_SERVER]: 0, [CHANNEL]: 0 };
    const prototype = portPrototype();
    let channels = 0;
    const theirs = pipesOfChildren(handles);
    for (let i = 0; i < handles.length; i++) {
      const handle = handles[i]!;
      const names = constructorsOf(handle);
      if (prototype && getPrototypeOf(handle) === prototype) found[PORT]! += this.port(handle);
      else if (isServer(handle)) found[PIPE_SERVER]! += this.server(handle, names);
      else if (names[0] === 'ChildProcess') channels += this.child(handle);
      else if (isChannel(handle)) found[CHANNEL]!++;
      else if (this.watcher(handle, names[0]!) || this.socket(handle)) continue;
      else if (isReader(handle) && !arrayIncludes(theirs, handle)) found[PIPE]! += this.reader(handle);
    }
    // That of a child is told with the child.
    found[CHANNEL]! -= channels < found[CHANNEL]! ? channels : found[CHANNEL]!;
    delete this.counts[TERMINAL];
    const names = ownKeys(found) as string[]; // not what the program put on the prototype of all objects
    for (let i = 0; i < names.length; i++) setCount(this.counts, names[i]!, found[names[i]!]!);
    if (found[CHANNEL] === 1 && valueAt(process, 'channel')) this.add({ name: CHANNEL, what: 'parent' });
  }

  /** Those of which the line is known. */
  timers(): void {
    if (!this.made) return;
    const servers = serversElsewhere(this.made);
    for (let i = 0; i < servers.length; i++) {
      const server = servers[i]!;
      this.add({ ...serverThing(server, constructorsOf(server)), name: TIMER, ...this.site(server) });
    }
    const lines = linesOfTimers(this.made);
    for (let i = 0; i < lines.length; i++) this.add({ name: TIMER, what: 'timer', at: lines[i]! });
  }

  /** How many of its kind it counts for. */
  private port(port: object): 0 | 1 {
    if (!this.numberOf) return 1;
    const number = this.numberOf(port);
    if (number === undefined) return this.ownPort(port);
    if (this.ports.length < MOST_PORTS) this.ports[this.ports.length] = number;
    return 1;
  }

  /**
   * Of Node’s own ports one keeps a worker’s loop turning while it reads or writes its standard streams, and one keeps main’s
   * while it reads those of a worker that was made with `stdout` or `stderr`.
   */
  private ownPort(port: object): 0 | 1 {
    const waiting = valueOfSymbol(port, 'kWaitingStreams') as unknown;
    if (typeof waiting !== 'number' || waiting < 1) return 0;
    this.add({ name: PORT, what: this.made ? 'worker-output' : 'worker-stdio' });
    return 1;
  }

  private server(server: object, names: string[]): 0 | 1 {
    const thing = serverThing(server, names);
    this.add({ ...thing, ...this.site(server) });
    return thing.name === PIPE_SERVER ? 1 : 0;
  }

  /** Whether there is a channel to it. */
  private child(child: object): 0 | 1 {
    this.add({ name: CHILD, ...childThing(child), ...this.site(child) });
    return valueAt(child, 'channel') ? 1 : 0;
  }

  private watcher(watcher: object, name: string): boolean {
    const thing = watcherThing(name);
    const handle = thing && valueAt(watcher, '_handle');
    if (thing) this.add({ ...thing, ...(typeof handle === 'object' && handle ? this.site(handle) : {}) });
    return thing !== undefined;
  }

  /** Of others than these only the kind is known. */
  private socket(socket: object): boolean {
    const thing = socketThing(socket);
    if (thing) this.add({ ...thing, ...this.site(socket) });
    return thing !== undefined;
  }

  private reader(socket: object): 1 {
    if (valueAt(socket, 'fd') === 0) this.add({ name: PIPE, what: 'stdin' });
    return 1;
  }

  private site(object: object): { at?: Site } {
    const at = this.made && siteOf(this.made, object);
    return at ? { at } : {};
  }

  private add(thing: Thing): void {
    const { things } = this;
    for (let i = 0; i < things.length; i++) {
      if (!isSame(things[i]!, thing)) continue;
      things[i]!.count = (things[i]!.count ?? 1) + 1;
      return;
    }
    if (things.length < MOST_THINGS) things[things.length] = thing;
  }
}

/** Timers, watchers and connections of one line are told together; all else is one of its own. */
const isSame = (a: Thing, b: Thing): boolean =>
  (a.what === 'timer' || a.what === 'watcher' || a.what === 'connection' || a.what === 'accepted') &&
  a.what === b.what &&
  a.name === b.name &&
  a.port === b.port &&
  a.at?.line === b.at?.line &&
  a.at?.column === b.at?.column &&
  a.at?.file === b.at?.file;

/** They are over with the child. */
function pipesOfChildren(handles: object[]): object[] {
  const found: object[] = [];
  for (let i = 0; i < handles.length; i++) {
    const child = handles[i]!;
    if (typeof valueAt(child, 'spawnfile') !== 'string') continue;
    for (let n = 0; n < STANDARD.length; n++) found[found.length] = valueAt(child, STANDARD[n]!) as object;
  }
  return found;
}
const STANDARD = ['stdin', 'stdout', 'stderr'] as const;

/** A socket on a pipe or a terminal that is being read. */
function isReader(socket: object): boolean {
  const handle = valueOfSymbol(socket, 'kHandle');
  if (valueAt(handle, 'reading') !== true) return false;
  const name = constructorsOf(handle as object)[0];
  return name === 'Pipe' || name === 'TTY';
}

function setCount(counts: Counts, name: string, count: number): void {
  if (count > 0) counts[name] = count;
  else delete counts[name];
}
