// What is seen from outside of threads that take turns under one lock.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { TurnLooks } from '../../../src/collector/turns';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-turns-'));
after(() => fs.rmSync(root, { recursive: true, force: true }));

const PID = 100;
const RUNS = 'running';
/** As CPython waits for its lock: until a time, by the clock that nobody sets. */
const turn = (address: number): string => `202 0x${address.toString(16)} 0x89 0x0 0x7ffe0000 0x0 0xffffffff 0x1 0x2`;
/** As it waits for a lock of the program's, without end. */
const lock = (address: number): string => `202 0x${address.toString(16)} 0x189 0x0 0x0 0x0 0xffffffff 0x1 0x2`;
const THREADS = new Map([
  [PID, 0],
  [101, 1],
  [102, 2],
]);

function calls(...all: string[]): void {
  [...THREADS.keys()].forEach((native, i) => {
    const folder = path.join(root, String(PID), 'task', String(native));
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'syscall'), `${all[i]!}\n`);
  });
}

function lookedAt(waiting: number[], ...moments: string[][]): ReturnType<TurnLooks['take']> {
  const looks = new TurnLooks(root, '202');
  moments.forEach((all, t) => {
    calls(...all);
    looks.look([{ p: '100-1', pid: PID, threads: THREADS, waiting: (id) => waiting.includes(id) }], t * 1000);
  });
  return looks.take(9000);
}

describe('looks at threads that take turns', () => {
  it('count who waits for the lock that several wait for, each at times, and who runs', () => {
    const [told] = lookedAt(
      [0],
      [lock(1), RUNS, turn(0x7000)],
      [lock(1), turn(0x7004), RUNS],
      [lock(1), RUNS, turn(0x7000)],
    );
    assert.deepEqual(told, {
      k: 'turns',
      p: '100-1',
      t: 9000,
      ids: [1, 2],
      looks: [3, 3],
      runs: [2, 1],
      waits: [1, 2],
    });
  });

  it('tell nothing where threads run side by side, or one alone waits until some time', () => {
    assert.deepEqual(lookedAt([0], [lock(1), RUNS, RUNS], [lock(1), RUNS, RUNS]), []);
    assert.deepEqual(lookedAt([0], [lock(1), RUNS, turn(0x7000)], [lock(1), RUNS, turn(0x7000)]), []);
  });

  it('leave out who told that it waits for something else', () => {
    assert.deepEqual(lookedAt([0, 1], [lock(1), turn(0x7000), turn(0x7000)]), []);
  });

  it('tell what is new once', () => {
    const looks = new TurnLooks(root, '202');
    calls(lock(1), turn(0x7000), turn(0x7000));
    looks.look([{ p: '100-1', pid: PID, threads: THREADS, waiting: (id) => id === 0 }], 0);
    assert.equal(looks.take(1).length, 1);
    assert.deepEqual(looks.take(2), []);
  });
});
