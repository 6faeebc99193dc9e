// A program that starts process after process: those that ended long ago are summed up, and nothing that is counted gets
// lost by it.
import assert from 'node:assert/strict';
import { applyDelta, type Snapshot } from '../../../src/protocol/picture';
import type { LifecycleEvent } from '../../../src/protocol/probeEvents';
import { Condenser } from '../../../src/model/condense';
import { emptyModel, fold, noChanges, type Model } from '../../../src/model/facts/facts';
import { deltaOf, snapshotOf } from '../../../src/model/picture';
import { exitReport } from '../../../src/model/report/report';
import { quietSummary } from '../../../src/model/report/summary';
import { reportText } from '../../../src/model/report/text';
import { Story, site } from '../../support/events';

const SECOND = 1_000_000;
const CHILDREN = 600;
const EVERY = SECOND / 10;
const MAIN = 100;
/** Processes that are shown one by one, and those that may wait to be summed up. */
const MOST = 310;
const around = { title: 'test', now: 1000 * SECOND, damaged: 0, complete: true, notices: [] };

interface Child {
  program?: string;
  /** Its worker is killed with it while it writes. */
  cutOff?: boolean;
  killed?: boolean;
  ppid?: number;
}

function child(n: number, { program = '/app/job.js', cutOff, killed, ppid = MAIN }: Child): LifecycleEvent[] {
  const t = SECOND + n * EVERY;
  const story = new Story(`${1000 + n}-${t}`, 1000 + n, t).begin(t, { ppid, argv: ['/usr/bin/node', program] });
  story.tell(0, t + 10, 'thread-start', { id: 1, file: '/app/worker.js', at: site(7, program) });
  story.tell(1, t + 20, 'thread-begin', {});
  if (cutOff) story.activity(1, t + 60, [...Story.opened(t + 50, 8, 21, '/app/out'), ['write', t + 55, 8, 9, 1]]);
  else
    story
      .tell(1, t + 30, 'exiting', { cause: 'returned', code: 0 })
      .tell(1, t + 40, 'exited', { code: 0 })
      .tell(0, t + 50, 'thread-exit', { id: 1, code: 0 });
  if (killed) return story.end(t + 90, 'exit-status', { signal: 'SIGKILL' }).events;
  story.tell(0, t + 70, 'exiting', { cause: cutOff ? 'exit-call' : 'returned', code: 0 });
  return story.tell(0, t + 80, 'exited', { code: 0 }).end(t + 90, 'gone').events;
}

const parent = (): Story => new Story(`${MAIN}-1000`, MAIN).begin(1000);

function told(children: LifecycleEvent[]): LifecycleEvent[] {
  const end = SECOND + (CHILDREN + 100) * EVERY;
  const story = parent();
  story.tell(0, end, 'exiting', { cause: 'returned', code: 0 }).tell(0, end + 10, 'exited', { code: 0 });
  const { events } = story.end(end + 20, 'exit-status', { code: 0 });
  return [...events.slice(0, 1), ...children, ...events.slice(1)];
}

const many = (what: (n: number) => Child = () => ({})): LifecycleEvent[] =>
  told(Array.from({ length: CHILDREN }, (_, n) => child(n, what(n))).flat());

function modelOf(events: LifecycleEvent[], each?: (model: Model) => void): Model {
  const model = emptyModel();
  const condenser = new Condenser(model, 50);
  for (const event of events) {
    fold(model, event);
    condenser.run(event.t, noChanges());
    each?.(model);
  }
  condenser.finish(noChanges());
  return model;
}

const pictureOf = (model: Model): Snapshot => snapshotOf(model, around);
const sumsOf = (model: Model) => (pictureOf(model).earlier ?? []).filter(({ owner }) => owner === `${MAIN}-1000:0`);

describe('a program that starts process after process', () => {
  it('takes no more room than for the newest of them', () => {
    let most = 0;
    const model = modelOf(many(), ({ processes }) => (most = Math.max(most, processes.size)));
    assert.ok(most < MOST, `${most} processes were kept`);
    assert.equal(sumsOf(model).length, 2, 'one sum of processes, and one of what they started');
  });

  it('is told of each of them and of all that they started, how they ended and how long they lived', () => {
    const model = modelOf(many());
    const { processes, threads, earlier = [] } = pictureOf(model);
    const gone = CHILDREN + 1 - processes.length;
    assert.ok(gone > CHILDREN / 2);
    const job = earlier.find(({ label }) => label === 'job.js')!;
    assert.equal(job.processes, gone);
    assert.deepEqual(job.endings, { returned: gone });
    assert.equal(job.file, '/app/job.js');
    assert.deepEqual(job.lives, { shortest: 80, longest: 80, total: 80 * gone });
    assert.equal(threads.length + earlier.reduce((sum, { count }) => sum + count, 0), 2 * CHILDREN + 1);
    const report = exitReport(pictureOf(model));
    assert.match(quietSummary(report)!, new RegExp(`${2 * CHILDREN + 1} threads in ${CHILDREN + 1} processes`));
    assert.match(reportText(report), new RegExp(`job\\.js: ${gone} processes, ${gone} returned`));
  });

  it('is told of all that was found of them', () => {
    const found = ({ findings }: Snapshot) =>
      findings.filter(({ rule }) => rule === 'cut-off-while-writing').reduce((sum, { count = 1 }) => sum + count, 0);
    assert.equal(found(pictureOf(modelOf(many(() => ({ cutOff: true }))))), CHILDREN);
  });

  it('is no run without findings to boast of when one of them was killed', () => {
    const model = modelOf(many((n) => (n === 3 ? { killed: true } : {})));
    assert.equal(
      pictureOf(model).processes.some(({ exit }) => exit?.by === 'signal'),
      false,
      'it is summed up',
    );
    assert.equal(quietSummary(exitReport(pictureOf(model))), undefined);
  });

  it('keeps each program apart, and what a shell in between started below the first process', () => {
    const model = modelOf(many((n) => ({ program: `/app/${n % 3}.js`, ...(n % 2 ? { ppid: 7 } : {}) })));
    const labels = sumsOf(model).flatMap(({ label, processes }) => (processes ? [label] : []));
    assert.deepEqual(labels.sort(), ['0.js', '1.js', '2.js']);
  });

  it('finds who started each by its number at that time, also where that is gone, at a cost in proportion', () => {
    // Each is started by the one before; all have the same number, and end one after the other.
    const count = 120_000;
    const model = emptyModel();
    const chain = Array.from({ length: count }, (_, n) => new Story(`7-${n + 1}`, 7).begin(n + 1, { ppid: 7 }));
    const other = new Story('8-1', 8).begin(count + 1, { ppid: 1 });
    for (const { events } of [...chain, other]) for (const event of events) fold(model, event);
    for (const [n, { p }] of chain.entries()) fold(model, { k: 'process-end', p, t: count + 2 + n, how: 'gone' });
    new Condenser(model, 50).finish(noChanges());
    const { earlier = [], processes } = pictureOf(model);
    assert.deepEqual(
      earlier.map(({ process, processes: summed }) => [process, summed]),
      [['7-1', count + 1 - processes.length]],
      'the others of the number are gone, and so they are below the first',
    );
  });

  it('has one sum for all programs beyond so many', () => {
    const model = modelOf(many((n) => ({ program: `/app/${n}.js` })));
    assert.ok(sumsOf(model).length <= 501, `${sumsOf(model).length} sums`);
  });

  it('is told of in deltas as in a snapshot', () => {
    const model = emptyModel();
    const condenser = new Condenser(model, 50);
    let changes = noChanges();
    let shown: Snapshot | undefined = pictureOf(model);
    many().forEach((event, i) => {
      fold(model, event, changes);
      condenser.run(event.t, changes);
      if (i % 100 > 0) return;
      shown = applyDelta(shown!, { ...deltaOf(model, changes, shown!.revision, around) });
      changes = noChanges();
    });
    shown = applyDelta(shown, deltaOf(model, changes, shown.revision, around))!;
    const whole = pictureOf(model);
    const keys = (all: { key: string }[]): string[] => all.map(({ key }) => key).sort();
    assert.deepEqual(keys(shown.processes), keys(whole.processes));
    assert.deepEqual(keys(shown.threads), keys(whole.threads));
    assert.deepEqual(shown.earlier, whole.earlier);
  });

  it('is not told again of one that is summed up when something of it is heard late', () => {
    const events = many();
    const model = modelOf(events);
    const before = pictureOf(model);
    for (const event of child(0, {})) fold(model, event);
    assert.deepEqual(pictureOf(model), before);
  });
});
