// A main without workers tells soon after its start what keeps it alive, if its event loop turns.
import assert from 'node:assert/strict';
import { emptyModel, fold } from '../../../src/model/facts/facts';
import { snapshotOf } from '../../../src/model/picture';
import type { Alive } from '../../../src/protocol/picture';
import { Story, site } from '../../support/events';

const SECOND = 1e6;

function aliveAt(t: number, { events, p }: Story): Alive | undefined {
  const model = emptyModel();
  for (const event of events) fold(model, event);
  const { processes } = snapshotOf(model, { title: '', now: t, damaged: 0, complete: false, notices: [] });
  return processes.find(({ key }) => key === p)?.alive;
}

const begun = (): Story => new Story().begin(1 * SECOND, { looksAfter: 1000 });

describe('the event loop of a main without workers', () => {
  it('has not turned since main was to tell what keeps it alive, once that is long ago', () => {
    assert.equal(aliveAt(3.9 * SECOND, begun()), undefined);
    assert.deepEqual(aliveAt(4 * SECOND, begun())?.main, { since: 2 * SECOND });
  });

  it('is not said to stand where main has told it, or was not to', () => {
    const told = begun();
    told.events.push({ k: 'resources', p: told.p, tid: 0, t: 2 * SECOND, counts: { Timeout: 1 } });
    assert.equal(aliveAt(9 * SECOND, told)?.main, undefined);
    assert.equal(aliveAt(9 * SECOND, new Story().begin(1 * SECOND)), undefined);
  });

  it('is not said to stand where there are workers, where the debugger holds main, or after a failure of ours', () => {
    const paused = begun();
    paused.events.push({ k: 'pause', p: paused.p, t: 1.5 * SECOND, tid: 0 });
    const others = [
      begun().tell(0, 1.1 * SECOND, 'thread-start', { id: 1, at: site(7) }),
      begun().tell(0, 1.1 * SECOND, 'probe-error', { message: 'no' }),
    ];
    for (const story of [paused, ...others]) assert.equal(aliveAt(9 * SECOND, story)?.main, undefined);
  });
});
