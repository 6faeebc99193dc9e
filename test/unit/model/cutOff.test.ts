// What “cut off”, “killed” and “daemon” mean.
import assert from 'node:assert/strict';
import {
  isCutOff,
  isDaemon,
  isGrave,
  isKilled,
  isKilledWithMain,
  isKilledWithOwner,
  leastSeverity,
} from '../../../src/model/conclusions/cutOff';
import type { EndedBy } from '../../../src/protocol/picture';
import { SEVERITIES, type Severity } from '../../../src/protocol/rules';

const ALL: EndedBy[] = [
  'returned',
  'exit-call',
  'terminate',
  'error',
  'out-of-memory',
  'main-exit',
  'owner-exit',
  'signal',
  'crash',
  'lost-contact',
  'unknown',
];
const which = (is: (ending: { by: EndedBy }) => boolean): EndedBy[] => ALL.filter((by) => is({ by }));

describe('a thread', () => {
  it('was killed when it ended with main, with its owner, or by a signal', () => {
    assert.deepEqual(which(isKilled), ['main-exit', 'owner-exit', 'signal', 'crash']);
    assert.deepEqual(which(isKilledWithMain), ['main-exit']);
    assert.deepEqual(which(isKilledWithOwner), ['owner-exit']);
  });

  it('was cut off when it was killed or ran out of memory, and not by terminate(), which the program asked for', () => {
    assert.deepEqual(which(isCutOff), ['out-of-memory', 'main-exit', 'owner-exit', 'signal', 'crash']);
  });

  it('costs nothing where it ended in order, or as the program asked; of who failed an error, of who was killed a warning', () => {
    const ofSeverity = (severity: Severity | undefined): EndedBy[] => which((one) => leastSeverity(one) === severity);
    assert.deepEqual(ofSeverity('info'), ['returned', 'exit-call', 'terminate']);
    assert.deepEqual(ofSeverity('warning'), ['main-exit', 'owner-exit', 'signal']);
    assert.deepEqual(ofSeverity('error'), ['error', 'out-of-memory', 'crash']);
    assert.deepEqual(ofSeverity(undefined), ['lost-contact', 'unknown']);
  });

  it('needs a look unless its ending is known to be neutral', () => {
    assert.deepEqual(
      ([...SEVERITIES, undefined] as const).filter((severity) => isGrave(severity ? { severity } : {})),
      ['error', 'warning', undefined],
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
