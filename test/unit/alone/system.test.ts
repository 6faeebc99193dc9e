// What the system tells of a process: read from a folder that looks like Linux's /proc.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { NativeModuleLooks } from '../../../src/collector/nativeModules';
import { SystemThreadLooks } from '../../../src/collector/systemThreads';

const SECOND = 1e6;
const P = '100-1000';

let root: string;
beforeEach(() => (root = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-proc-'))));
afterEach(() => fs.rmSync(root, { recursive: true }));

function put(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
}
/** @param ticks processor time in user mode */
const thread = (id: number, name: string, state: string, ticks = 0): void =>
  put(`100/task/${id}/stat`, `${id} (${name}) ${state} 1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 1 0 99`);

/** Process 100, as it is observed. @param threads by the system's ids */
const observed = (p = P, pid = 100, threads: [number, number][] = []) => ({
  ...{ p, pid },
  threads: new Map(threads),
  isWhole: true,
});

describe('threads that the system tells of', () => {
  it('are counted as busy when they run, wait for a disk or have computed most of the time', () => {
    const looks = new SystemThreadLooks(root);
    const look = (t: number) => looks.look([observed()], t).map(({ pool, busy }) => [pool, busy]);
    thread(1, 'node) R (', 'R');
    for (const id of [2, 3, 4, 5]) thread(id, 'libuv-worker', 'S');
    assert.deepEqual(look(1 * SECOND), [], 'nothing is told of a pool that is idle');
    thread(2, 'libuv-worker', 'R');
    thread(3, 'libuv-worker', 'D');
    thread(4, 'libuv-worker', 'S', 40);
    thread(5, 'libuv-worker', 'S', 5);
    assert.deepEqual(look(1.5 * SECOND), [[4, 3]]);
    for (const id of [2, 3, 4, 5]) thread(id, 'libuv-worker', 'S', 40);
    assert.deepEqual(look(3 * SECOND), [[4, 0]], 'that it is idle again is told once');
    assert.deepEqual(look(5 * SECOND), []);
  });

  it('are not looked at again at once, nor in a crowd of processes, nor where the system tells of none', () => {
    thread(2, 'libuv-worker', 'R');
    const looks = new SystemThreadLooks(root);
    assert.equal(looks.look([observed()], SECOND).length, 1);
    assert.equal(looks.look([observed()], 1.1 * SECOND).length, 0);
    const crowd = Array.from({ length: 50 }, (_, i) => observed(`100-${i}`));
    assert.deepEqual(new SystemThreadLooks(root).look(crowd, SECOND), []);
    assert.deepEqual(new SystemThreadLooks(root).look([observed(P, 101)], SECOND), []);
    assert.deepEqual(new NativeModuleLooks(root).look([[P, 101]], SECOND), []);
  });

  it('are not called native while a thread of the program is not known to the system', () => {
    const looks = new SystemThreadLooks(root);
    thread(100, 'node', 'S', 7);
    thread(101, 'node', 'S', 3);
    const [told] = looks.look([{ ...observed(P, 100, [[100, 0]]), isWhole: false }], SECOND);
    assert.deepEqual([told!.hidden, told!.hiddenMs, told!.ids, told!.ms], [undefined, undefined, [0], [70]]);
  });

  it('are told with their processor time, those of the program by their own ids, all others together', () => {
    const looks = new SystemThreadLooks(root);
    const look = (t: number, threads: [number, number][]) =>
      looks
        .look([observed(P, 100, threads)], t)
        .map(({ hidden, hiddenMs, ids, ms }) => ({ hidden, hiddenMs, ids, ms }));
    thread(100, 'node', 'S', 7);
    thread(101, 'node', 'S', 3);
    thread(102, 'V8Worker', 'S', 2);
    assert.deepEqual(
      look(SECOND, [[100, 0]]),
      [{ hidden: 2, hiddenMs: 50, ids: [0], ms: [70] }],
      'one is not told yet',
    );
    thread(101, 'node', 'S', 4);
    const both: [number, number][] = [
      [100, 0],
      [101, 1],
    ];
    assert.deepEqual(
      look(2 * SECOND, both),
      [{ hidden: 1, hiddenMs: 20, ids: [1], ms: [40] }],
      'main has not computed',
    );
    thread(101, 'node', 'S', 5);
    assert.deepEqual(
      look(3 * SECOND, [[100, 0]]),
      [{ hidden: 1, hiddenMs: 20, ids: [1], ms: [50] }],
      'it has told its end',
    );
    assert.deepEqual(look(4 * SECOND, [[100, 0]]), [], 'nothing is told of threads that only wait');
    fs.rmSync(path.join(root, '100/task/102'), { recursive: true });
    thread(103, 'V8Worker', 'S', 1);
    const [later] = look(5 * SECOND, [[100, 0]]);
    assert.deepEqual(later, { hidden: 1, hiddenMs: 30, ids: undefined, ms: undefined }, 'what was computed stays so');
  });
});

describe('native modules that the system tells of', () => {
  it('are told once each, with what was replaced meanwhile', () => {
    const line = (file: string): string => `7f00-7f01 r-xp 00000000 08:01 1    ${file}\n`;
    const looks = new NativeModuleLooks(root);
    const look = (t: number) => looks.look([[P, 100]], t).map(({ files }) => files);
    put('100/maps', line('/usr/lib/libc.so') + line('/a b/x.node') + line('/a b/x.node') + '7f02-7f03 rw-p 0 0:0 0\n');
    assert.deepEqual(look(SECOND), [['/a b/x.node']]);
    put('100/maps', line('/a b/x.node') + line('/y.node (deleted)') + line('/not.node.txt'));
    assert.deepEqual(look(1.1 * SECOND), [], 'not so soon');
    assert.deepEqual(look(2 * SECOND), [['/y.node']]);
    assert.deepEqual(look(3 * SECOND), []);
  });
});
