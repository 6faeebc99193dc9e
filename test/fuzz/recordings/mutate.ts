// Recordings that went wrong: each from its seed and a recording of the corpus, by a few changes to its bytes, its lines, and
// what those tell. Pure.
import { ActivityKind, RECORD_WORDS } from '../../../src/protocol/activity';
import { HOSTILE } from '../../support/hostileText';
import type { Random } from '../random';

/** What stands for a number that JSON has and no `number` does. */
const RAW = '@raw:';
const NUMBERS: unknown[] = [
  ...[0, -0, -1, 0.5, 1, 2, 3, 1e3, 1e6, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32],
  ...[2 ** 53, 1e15, 1e16, 1e21, 1e308, -1e308, 5e-324],
  ...[`${RAW}1e400`, `${RAW}-1e400`, `${RAW}123456789012345678901234567890`],
];
const OTHERS: unknown[] = [null, true, false, '', 'text', '0', '__proto__', [], {}, [[]], { file: 'x' }, ['x']];
const TEXTS: string[] = [
  ...Object.values(HOSTILE).filter((text) => text.length < 1000),
  ...['/x/'.repeat(2000), 'node_modules/'.repeat(500), `${'node_modules/@'.repeat(400)}x`, `/${'x'.repeat(30_000)}`],
  ...[
    '%',
    '%2F',
    'file:///100%.js',
    'file://server/x.js',
    'data:text/javascript,x',
    'blob:x',
    'http://x/?#',
    '/',
    '\\',
  ],
  ...['Cannot find module ', 'Unknown file extension', 'MessagePort', 'constructor', 'toString', 'WorkerThread'],
  ...['thread-lifelines:hand', '/node_modules/piscina/dist/index.js', '/node_modules/thread-stream/index.js', '\n\n\n'],
];
const KINDS = [
  ...['process-start', 'hooks-missing', 'unsupported', 'thread-begin', 'thread-start', 'thread-online', 'thread-ref'],
  ...['thread-unref', 'terminate-call', 'thread-error', 'exiting', 'exited', 'thread-exit', 'probe-error', 'port'],
  ...['records-lost', 'post-site', 'wait-site', 'activity', 'resources', 'stop-request', 'pause', 'resume', 'deed'],
  ...['thread-named', 'process-end', 'still-runs', 'last-look', 'unwritten', 'recording', 'stack'],
];

type Line = Record<string, unknown>;
type Change = (lines: string[], random: Random) => void;

/** @param others the corpus, for parts of other recordings */
export function mutated(lines: readonly string[], others: readonly (readonly string[])[], random: Random): Buffer {
  const all = [...lines];
  for (let left = random.between(1, 6); left > 0 && all.length > 0; left--)
    random.weighted(changesFor(others))(all, random);
  const bytes = Buffer.from(all.join('\n') + (random.chance(0.95) ? '\n' : ''));
  return random.chance(0.1) ? damaged(bytes, random) : bytes;
}

const changesFor = (others: readonly (readonly string[])[]): [number, Change][] => [
  ...CHANGES,
  [2, (lines, random) => insertSome(lines, random.pick(others), random)],
];

const CHANGES: [number, Change][] = [
  [8, changeField],
  [4, (lines, random) => change(lines, random, (line) => (line['t'] = timeNear(lines, random)))],
  [3, (lines, random) => change(lines, random, (line) => (line['tid'] = idOf(lines, random)))],
  [3, (lines, random) => change(lines, random, (line) => 'id' in line && (line['id'] = idOf(lines, random)))],
  [2, (lines, random) => change(lines, random, (line) => (line['k'] = random.pick(KINDS)))],
  [3, (lines, random) => void lines.splice(random.between(0, lines.length - 1), random.between(1, 3))],
  [3, (lines, random) => lines.splice(random.between(0, lines.length), 0, random.pick(lines))],
  [2, (lines, random) => lines.splice(random.between(0, lines.length), 0, ...lines.splice(at(lines, random), 1))],
  [1, (lines, random) => lines.splice(0, lines.length, ...random.shuffled(lines))],
  [1, (lines) => void lines.reverse()],
  [4, repeat],
  [6, changeActivity],
  [3, addLine],
];

const at = (lines: string[], random: Random): number => random.between(0, lines.length - 1);

function change(lines: string[], random: Random, how: (line: Line) => unknown): void {
  const i = at(lines, random);
  const line = parsed(lines[i]!);
  if (!line) return;
  how(line);
  lines[i] = told(line);
}

function parsed(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}

const told = (line: Line): string => JSON.stringify(line).replace(/"@raw:([^"]*)"/g, '$1');

function anyValue(old: unknown, random: Random): unknown {
  if (random.chance(0.1)) return random.pick(OTHERS);
  if (typeof old === 'number') return random.chance(0.3) ? old + random.between(-1000, 1000) : random.pick(NUMBERS);
  if (typeof old === 'string') return random.pick(TEXTS);
  return random.pick([...OTHERS, ...NUMBERS]);
}

function changeField(lines: string[], random: Random): void {
  change(lines, random, (line) => {
    const inner = random.chance(0.3) ? Object.values(line).filter((value) => typeof value === 'object' && value) : [];
    const object = inner.length > 0 ? (random.pick(inner) as Line) : line;
    const name = random.pick(Object.keys(object).concat(random.chance(0.1) ? ['name', 'at', 'from', 'eval'] : []));
    if (name === undefined) return;
    if (random.chance(0.1)) delete object[name];
    else object[name] = anyValue(object[name], random);
  });
}

function timeNear(lines: string[], random: Random): unknown {
  const t = parsed(random.pick(lines))?.['t'];
  return typeof t === 'number' ? t + random.pick([0, 0, 1, -1, 1e3, -1e6, 1e7, -1e9, 1e9]) : random.pick(NUMBERS);
}

function idOf(lines: string[], random: Random): unknown {
  const line = parsed(random.pick(lines));
  return random.chance(0.8) ? (line?.['id'] ?? line?.['tid'] ?? 0) : random.between(0, 9);
}

/** In characters: what is repeated may be repeated itself. */
const MOST_REPEATED = 2e6;

/** The same again and again, each a little later, of the next thread or of the same. */
function repeat(lines: string[], random: Random): void {
  const i = at(lines, random);
  const line = parsed(lines[i]!);
  if (!line) return;
  const most = Math.ceil(MOST_REPEATED / lines[i]!.length);
  const count = Math.min(most, random.chance(0.01) ? 3000 : random.between(2, 60));
  const nextOwner = random.chance(0.3);
  const nextId = random.chance(0.5);
  const step = random.pick([0, 1, 1000, -1000]);
  const copies = Array.from({ length: count }, (_, n) => {
    const copy = { ...line };
    const add = (name: string, by: number): void => void (typeof copy[name] === 'number' && (copy[name] += by));
    add('q', n * random.pick([1, 1, 1, 0, 2]));
    add('t', n * step);
    if (nextId) add('id', n);
    if (nextOwner) add('tid', n);
    if (random.chance(0.02)) copy['p'] = `${random.between(1, 99)}-${random.between(1, 99)}`;
    return told(copy);
  });
  lines.splice(i + 1, 0, ...copies);
}

function insertSome(lines: string[], other: readonly string[], random: Random): void {
  const from = random.between(0, other.length - 1);
  const p = random.chance(0.5) ? parsed(random.pick(lines))?.['p'] : undefined;
  const some = other.slice(from, from + random.between(1, 20)).map((line) => {
    const object = p === undefined ? undefined : parsed(line);
    return object ? told({ ...object, p }) : line;
  });
  lines.splice(random.between(0, lines.length), 0, ...some);
}

function addLine(lines: string[], random: Random): void {
  const like = parsed(random.pick(lines)) ?? {};
  const [p, t] = [like['p'] ?? '1-1', timeNear(lines, random)];
  const [tid, id, q] = [idOf(lines, random), idOf(lines, random), random.between(0, 60)];
  const site = { file: random.pick(TEXTS), line: random.between(0, 3), column: 1 };
  const port = random.between(0, 9);
  const line = random.pick<Line>([
    { k: 'pause', p, t, tid },
    { k: 'resume', p, t, tid },
    { k: 'deed', p, t, tid, deed: random.pick(['stack', 'profile', 'heap-snapshot']) },
    { k: 'thread-named', p, t, tid, name: random.pick(TEXTS) },
    { k: 'stop-request', p, t },
    { k: 'unwritten', p, t },
    { k: 'still-runs', p, t },
    { k: 'last-look', p, tid, q, t, heard: [id], unheard: [id], idle: [id], busy: [id] },
    {
      k: 'stack',
      p,
      tid,
      q,
      t,
      id,
      frames: [site, site],
      within: random.pick(TEXTS),
      when: random.pick(['exit', 'stall']),
    },
    { k: 'stack', p, tid, q, t, id, frames: [], sleeps: true, when: 'exit' },
    { k: 'process-end', p, t, how: random.pick(['gone', 'exit-status', 'lost-contact']), signal: random.pick(TEXTS) },
    { k: 'resources', p, t, tid, counts: { MessagePort: 1, [random.pick(TEXTS)]: 3 }, ports: [port, 1, 3] },
    { k: 'port', p, tid, q, t, port, broadcast: random.pick(['', 'news', random.pick(TEXTS)]), at: site },
    { k: 'post-site', p, tid, q, t, port, at: site },
    { k: 'wait-site', p, tid, q, t, site: 1, at: site },
    { k: 'unsupported', p, tid, q, t, v: 2, pid: 1, runtime: 'node', version: random.pick(TEXTS), wall: 1 },
    { k: 'thread-start', p, tid, q, t, id, name: random.pick(TEXTS), file: random.pick(TEXTS), at: site },
    { k: 'thread-error', p, tid, q, t, id, name: 'Error', message: random.pick(TEXTS), at: site },
    { k: 'thread-exit', p, tid, q, t, id, code: random.pick(NUMBERS), outOfMemory: true },
    { k: 'exiting', p, tid, q, t, cause: random.pick(['returned', 'exit-call', 'error']), code: 1 },
    { k: 'exited', p, tid, q, t, code: 13 },
    { k: 'hooks-missing', p, tid, q, t, names: [random.pick(TEXTS), 'Worker.ref'] },
    { k: 'probe-error', p, tid, q, t, message: random.pick(TEXTS) },
    { k: 'records-lost', p, tid, q, t, count: random.between(0, 3) },
    { k: 'activity', p, tid, t, base: t, n: random.between(0, 99), records: records(random, random.between(1, 40)) },
  ]);
  lines.splice(random.between(0, lines.length), 0, told(line));
}

const RECORD_BYTES = RECORD_WORDS * 4;
const SMALL = [0, 0, 1, 2, 3, 4, 5, 7, 9];

/** Of few ports, files and threads, so that they meet; some of them of any number. */
function records(random: Random, count: number): string {
  const bytes = Buffer.alloc(count * RECORD_BYTES);
  const word = (): number => (random.chance(0.05) ? Math.floor(random.next() * 2 ** 32) : random.pick(SMALL));
  let t = random.between(0, 1e6);
  for (let i = 0; i < count; i++) {
    t += random.pick([0, 1, 1000, 100_000, -1000]);
    const kind = random.chance(0.02) ? random.between(0, 255) : random.pick(Object.values(ActivityKind));
    bytes.writeUInt32LE(t >>> 0, i * RECORD_BYTES);
    bytes.writeUInt32LE(((kind << 24) | (word() & 0xffffff)) >>> 0, i * RECORD_BYTES + 4);
    bytes.writeUInt32LE(word(), i * RECORD_BYTES + 8);
    bytes.writeUInt32LE(word(), i * RECORD_BYTES + 12);
  }
  return bytes.toString('base64');
}

function changeActivity(lines: string[], random: Random): void {
  const batches = lines.flatMap((line, i) => (line.includes('"records"') ? [i] : []));
  if (batches.length === 0) return;
  const i = random.pick(batches);
  const line = parsed(lines[i]!);
  if (!line || typeof line['records'] !== 'string') return;
  let bytes = Buffer.from(line['records'], 'base64');
  const count = Math.floor(bytes.length / RECORD_BYTES);
  for (let left = random.between(1, 4); left > 0; left--) {
    const first = random.between(0, Math.max(0, count - 1)) * RECORD_BYTES;
    const one = bytes.subarray(first, first + RECORD_BYTES);
    if (random.chance(0.3))
      bytes = Buffer.concat([bytes, Buffer.from(records(random, random.between(1, 50)), 'base64')]);
    else if (random.chance(0.02)) bytes = Buffer.concat([bytes, ...Array<Buffer>(5000).fill(Buffer.from(one))]);
    else if (one.length === RECORD_BYTES)
      one.writeUInt32LE(
        random.chance(0.5) ? random.pick(SMALL) : random.between(0, 2 ** 32 - 1),
        4 * random.between(0, 3),
      );
  }
  line['records'] = bytes.toString('base64');
  if (random.chance(0.2)) line[random.pick(['n', 'base', 't'])] = random.pick(NUMBERS);
  lines[i] = told(line);
}

function damaged(bytes: Buffer, random: Random): Buffer {
  const i = random.between(0, Math.max(0, bytes.length - 1));
  if (random.chance(0.4)) return bytes.subarray(0, i);
  if (random.chance(0.5)) {
    bytes[i] = random.between(0, 255);
    return bytes;
  }
  return Buffer.concat([bytes.subarray(0, i), Buffer.from([0xff, 0xc0, 0x80, 10, 0]), bytes.subarray(i)]);
}
