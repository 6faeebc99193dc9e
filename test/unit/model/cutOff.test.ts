// What “cut off”, “killed” and “daemon” mean.
import assert from 'node:assert/strict';
import {
  isCutOff,
  isDaemon,
  isGrave,
  isKilled,
  isKilledWithMain,
  isKilledWithOwner,
} from '../../../src/model/conclusions/cutOff';
import type { EndedBy } from '../../../src/protocol/picture';

const ALL: EndedBy[] = [
  'returned',
  'exit-call',
  'terminate',
  'error',
  'out-of-memory',
  'main-exit',
  'owner-exit',
  'signal',
  'lost-contact',
  'unknown',
];
const which = (is: (ending: { by: EndedBy }) => boolean): EndedBy[] => ALL.filter((by) => is({ by }));

describe('a thread', () => {
  it('was killed when it ended with main, with its owner, or by a signal', () => {
    assert.deepEqual(which(isKilled), ['main-exit', 'owner-exit', 'signal']);
    assert.deepEqual(which(isKilledWithMain), ['main-exit']);
    assert.deepEqual(which(isKilledWithOwner), ['owner-exit']);
  });

  it('was cut off when it was killed or ran out of memory, and not by terminate(), which the program asked for', () => {
    assert.deepEqual(which(isCutOff), ['out-of-memory', 'main-exit', 'owner-exit', 'signal']);
  });

  it('needs a look unless it ended in order, or as the program asked', () => {
    assert.deepEqual(
      ALL.filter((by) => !isGrave({ by })),
      ['returned', 'exit-call', 'terminate'],
    );
  });

  it('is a daemon while the process does not wait for it, and nobody knows of one whose start was not seen', () => {
    const keepsAlive = [
      { t: 10, value: true },
      { t: 20, value: false },
      { t: 30, value: true },
    ];
    assert.deepEqual(
      [0, 10, 20, 29, 30, Infinity].map((t) => isDaemon({ keepsAlive }, t)),
      [false, false, true, true, false, false],
    );
    assert.equal(isDaemon({ keepsAlive: keepsAlive.slice(0, 2) }), true);
    assert.equal(isDaemon({ keepsAlive: [] }), undefined);
  });
});
