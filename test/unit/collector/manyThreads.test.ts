// A spool that was left over, of a program that started thread after thread: what is found of each counts, however few of
// them are kept while it is read.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { recoverSpools } from '../../../src/collector/recovery';
import { Condenser } from '../../../src/model/condense';
import { emptyModel, fold, noChanges } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import type { Batch } from '../../../src/transport/spool/events';
import { openRecording } from '../../../src/transport/spool/recording';
import { SpoolReader } from '../../../src/transport/spool/spoolReader';
import { SPOOL_PREFIX, SPOOL_SUFFIX, activityFile } from '../../../src/protocol/spool';
import { Story, site } from '../../support/events';

const SECOND = 1_000_000;
const WRITERS = 2000;
const EVERY = 10_000;
const KEPT = 20;

const FILE = `/app/${'a long way down/'.repeat(30)}writer.js`;

/** Each is killed in the middle of a write, because its owner is done. Their lives are more than is read at once. */
function manyWriters(): Story {
  const story = new Story('100-1000').begin(1000);
  for (let i = 0; i < WRITERS; i++) {
    const [owner, writer, t] = [2 * i + 1, 2 * i + 2, SECOND + i * EVERY];
    story.tell(0, t, 'thread-start', { id: owner, file: FILE, at: site(10) }).tell(owner, t + 10, 'thread-begin', {});
    story.tell(owner, t + 20, 'thread-start', { id: writer, file: FILE, at: site(20) });
    story.tell(writer, t + 30, 'thread-begin', {});
    story.activity(writer, t + 200, [...Story.opened(t + 59, 8, 21, '/app/out'), ['write', t + 60, 8, 9, 1]]);
    story.tell(owner, t + 100, 'exiting', { cause: 'returned', code: 0 }).tell(owner, t + 110, 'exited', { code: 0 });
    story.tell(0, t + 300, 'thread-exit', { id: owner, code: 0 });
  }
  const end = SECOND + (WRITERS + 1000) * EVERY;
  return story.tell(0, end, 'exiting', { cause: 'returned', code: 0 }).tell(0, end + 10, 'exited', { code: 0 });
}

/** How many are found to be cut off while they wrote, when threads are summed up while it is read. */
function found(batches: Iterable<Batch>): number {
  const model = emptyModel();
  const condenser = new Condenser(model, KEPT, 1);
  let [heardOf, most] = [0, 0];
  for (const { events } of batches) {
    for (const event of events) {
      fold(model, event);
      heardOf = Math.max(heardOf, event.t);
    }
    condenser.run(heardOf, noChanges());
    most = Math.max(most, model.processes.get('100-1000')!.threads.size);
  }
  condenser.finish(noChanges());
  assert.ok(most < WRITERS, `${most} threads were kept`);
  const { findings } = snapshotOf(model, { title: 'test', now: heardOf, damaged: 0, complete: true, notices: [] });
  const cutOff = findings.filter(({ rule }) => rule === 'cut-off-while-writing');
  return cutOff.reduce((sum, { count = 1 }) => sum + count, 0);
}

describe('a spool of many threads', () => {
  let spools: string;
  let spool: string;
  let recordings: string;

  beforeEach(() => {
    spools = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-many-'));
    recordings = path.join(spools, 'recordings');
    spool = path.join(spools, `${SPOOL_PREFIX}left`);
    fs.mkdirSync(spool);
    const line = (event: object): string => `${JSON.stringify(event)}\n`;
    const { events, p } = manyWriters();
    const activity = events.filter(({ k }) => k === 'activity').map(line);
    const half = activity.length / 2;
    const lives = events.filter(({ k }) => k !== 'activity').map(line);
    assert.ok(lives.join('').length > 3 << 20, 'more than is read at once');
    fs.writeFileSync(path.join(spool, `${p}${SPOOL_SUFFIX}`), lives.join(''));
    fs.writeFileSync(activityFile(path.join(spool, p), 0), activity.slice(0, half).join(''));
    fs.writeFileSync(activityFile(path.join(spool, p), 1), activity.slice(half).join(''));
  });
  afterEach(() => fs.rmSync(spools, { recursive: true, force: true }));

  it('tells of each what was cut off', () => {
    assert.equal(found(new SpoolReader(spool).rest()), WRITERS);
  });

  it('and as a recording too, when its adapter had been killed', () => {
    fs.writeFileSync(path.join(spool, 'owner.json'), JSON.stringify({ pid: 2 ** 22 + 1, title: 'test', startedAt: 0 }));
    const [file] = recoverSpools(spools, recordings);
    assert.equal(found(openRecording(file!).batches), WRITERS);
  });
});
