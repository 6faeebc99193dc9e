// Stories of processes that could be, for properties that hold for every one of them.
import * as fc from 'fast-check';
import { PARENT_PORT, portOfWorker } from '../../src/protocol/activity';
import { Story, site } from './events';

/** What one worker does in its life, as small numbers that a story is told from. */
interface Life {
  owner: number;
  unrefs: boolean;
  listens: boolean;
  /** Flips that are told one by one, and reports of more, so many µs apart. */
  flips: number;
  flipRuns: number;
  apart: number;
  posts: number;
  takes: number;
  writes: boolean;
  samples: number[];
  ending: 'returns' | 'exits' | 'throws' | 'terminated' | 'lives';
}

const life: fc.Arbitrary<Life> = fc.record({
  owner: fc.nat(2),
  unrefs: fc.boolean(),
  listens: fc.boolean(),
  flips: fc.constantFrom(0, 0, 0, 3, 150),
  flipRuns: fc.constantFrom(0, 0, 1, 4),
  apart: fc.constantFrom(10, 1000, 90_000),
  posts: fc.nat(5),
  takes: fc.nat(5),
  writes: fc.boolean(),
  samples: fc.array(fc.nat(1000), { maxLength: 4 }),
  ending: fc.constantFrom('returns', 'exits', 'throws', 'terminated', 'lives'),
});
const mainEnd = fc.constantFrom('returns', 'exits', 'throws', 'killed', 'lost', 'lives');
/** A process with a few workers, from its start to its end. */
export const story = fc.tuple(fc.array(life, { maxLength: 4 }), mainEnd).map(([lives, end]) => tell(lives, end));

/** Threads start one after another and end in the opposite order, main last. */
function tell(lives: Life[], end: string): Story {
  const told = new Story().begin(1_000_000);
  lives.forEach((one, i) => tellLife(told, i + 1, Math.min(one.owner, i), one, 2_000_000 + i * 100_000));
  lives.forEach((_, i) => tellEnd(told, lives.length - i, lives, 20_000_000 + i * 100_000));
  told.tell(0, 29_000_000, 'probe-error', { message: 'none' });
  if (end === 'killed') told.end(30_000_000, 'exit-status', { signal: 'SIGTERM' });
  else if (end === 'lost') told.end(30_000_000, 'lost-contact');
  else if (end !== 'lives') {
    const cause = end === 'returns' ? 'returned' : end === 'exits' ? 'exit-call' : 'error';
    told.tell(0, 30_000_000, 'exiting', { cause, code: 0 }).tell(0, 30_100_000, 'exited', { code: 0 });
    told.end(30_200_000, 'exit-status', { code: 0 });
  }
  return told;
}

function tellLife(told: Story, id: number, owner: number, one: Life, t: number): void {
  const port = portOfWorker(id);
  told.tell(owner, t, 'thread-start', { id, name: `worker ${id}`, at: site(id) });
  told.tell(id, t + 10_000, 'thread-begin', {}).tell(owner, t + 20_000, 'thread-online', { id });
  if (one.unrefs) told.tell(owner, t + 30_000, 'thread-unref', { id, at: site(10 + id) });
  if (one.listens) told.tell(owner, t + 40_000, 'thread-ref', { id, at: site(20 + id), listener: true });
  tellFlips(told, id, owner, one, t + 45_000);
  for (let n = 1; n <= one.posts; n++) told.activity(owner, t + 50_000 + n, [['post', t + 50_000 + n, port, 0, n]]);
  for (let n = 1; n <= Math.min(one.posts, 3); n++)
    told.tell(owner, t + 55_000 + n, 'post-site', { port, at: site(40 + n) });
  told.events.push({ k: 'thread-named', p: told.p, tid: id, t: t + 56_000, name: `named ${id}` });
  for (let n = 1; n <= Math.min(one.takes, one.posts); n++)
    told.activity(id, t + 60_000 + n, [['receive', t + 60_000 + n, PARENT_PORT, 0, n]]);
  if (one.writes)
    told.activity(id, t + 70_000, [...Story.opened(t + 69_000, 8, 21, '/app/out'), ['write', t + 70_000, 8, 9, 1]]);
  one.samples.forEach((busy, n) =>
    told.activity(owner, t + (n + 1) * 1_000_000, [['loop', t + (n + 1) * 1_000_000, id, busy, 1000]]),
  );
}

/** The last report may leave open whether more followed. */
function tellFlips(told: Story, id: number, owner: number, { flips, flipRuns, apart }: Life, from: number): void {
  let t = from;
  for (let n = 0; n < flips; n++)
    told.tell(owner, (t += apart), n % 2 ? 'thread-ref' : 'thread-unref', { id, at: site(60 + (n % 2)) });
  for (let n = 0; n < flipRuns; n++) {
    const [since, until] = [t + apart, (t += apart + n * 20_000)];
    const count = n % 2 ? 2 * n : 2 * n + 1;
    const sites = { refAt: site(61), unrefAt: site(60) };
    const open = flipRuns === 4 ? { open: true as const } : {};
    told.tell(owner, until + 5, 'thread-flips', { id, count, since, until, refd: n % 2 === 0, ...sites, ...open });
  }
}

function tellEnd(told: Story, id: number, lives: Life[], t: number): void {
  const one = lives[id - 1]!;
  const owner = Math.min(one.owner, id - 1);
  const cause = { returns: 'returned', exits: 'exit-call', throws: 'error' } as const;
  if (one.ending === 'lives') return;
  if (one.ending === 'terminated') told.tell(owner, t, 'terminate-call', { id, at: site(30 + id) });
  else {
    if (one.ending === 'throws') told.tell(id, t, 'thread-error', { id, name: 'Error', message: 'thrown' });
    told.tell(id, t + 1, 'exiting', { cause: cause[one.ending], code: 0 }).tell(id, t + 2, 'exited', { code: 0 });
  }
  told.tell(owner, t + 3, 'thread-exit', { id, code: 0 });
}
