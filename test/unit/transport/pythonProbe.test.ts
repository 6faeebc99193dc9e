import assert from 'node:assert/strict';
import * as path from 'node:path';
import { ACTIVITY_VARIABLE, SPOOL_VARIABLE, activityLimits } from '../../../src/protocol/spool';
import { debuggerFor } from '../../../src/adapter/launch';
import { nodeProbe } from '../../../src/transport/probes/node/nodeProbe';
import { probeOf, probeVariables, withProbes } from '../../../src/transport/probes/probes';
import { isAttachedHere } from '../../../src/transport/probes/python/debugpyConfiguration';
import { pythonProbe } from '../../../src/transport/probes/python/pythonProbe';

const SETUP = { bundles: '/opt', spool: '/tmp/spool' };
const FOLDER = path.join('/opt', 'python');

describe('the variables that bring the probe into Python', () => {
  it('name its folder before the program’s own, which stay', () => {
    assert.deepEqual(pythonProbe.environment(SETUP, {}), { PYTHONPATH: FOLDER, [SPOOL_VARIABLE]: '/tmp/spool' });
    const { PYTHONPATH } = pythonProbe.environment(SETUP, { PYTHONPATH: ['/a', '/b'].join(path.delimiter) });
    assert.equal(PYTHONPATH, [FOLDER, '/a', '/b'].join(path.delimiter));
  });

  it('name no working folder where the program’s own is empty', () => {
    assert.equal(pythonProbe.environment(SETUP, { PYTHONPATH: '' })['PYTHONPATH'], FOLDER);
  });

  it('name none that would be taken for two', () => {
    const bundles = `/a${path.delimiter}b`;
    assert.deepEqual(pythonProbe.environment({ ...SETUP, bundles }, {}), { [SPOOL_VARIABLE]: '/tmp/spool' });
  });

  it('come together with those for Node, with one spool and one limit', () => {
    const variables = probeVariables({ ...SETUP, settings: { activityLimit: 3 } }, {});
    assert.deepEqual(
      Object.keys(variables).sort(),
      ['NODE_OPTIONS', 'PYTHONPATH', ACTIVITY_VARIABLE, SPOOL_VARIABLE].sort(),
    );
    assert.equal(variables[ACTIVITY_VARIABLE], '3:');
  });

  it('hand on that tasks of asyncio are to be told, which means nothing to Node’s', () => {
    const variables = probeVariables({ ...SETUP, settings: { asyncioTasks: true } }, {});
    assert.equal(variables[ACTIVITY_VARIABLE], '::asyncio-tasks');
    assert.deepEqual(activityLimits(variables[ACTIVITY_VARIABLE]), activityLimits(undefined));
    assert.equal(probeVariables({ ...SETUP, settings: { asyncioTasks: false } }, {})[ACTIVITY_VARIABLE], undefined);
  });
});

describe('in terminals', () => {
  it('the folder stands in the whole variable: added to an empty one it would name the working folder too', () => {
    assert.deepEqual(pythonProbe.inTerminals('/opt', {}), { replaced: { PYTHONPATH: FOLDER } });
    assert.deepEqual(pythonProbe.inTerminals('/opt', { PYTHONPATH: '/a' }), {
      replaced: { PYTHONPATH: [FOLDER, '/a'].join(path.delimiter) },
    });
  });
});

describe('a configuration of debugpy’s', () => {
  const LAUNCH = { type: 'debugpy', name: 'Python', request: 'launch' };

  it('gets the probe by its current type and by the older one, and that for Node, for what it starts', () => {
    assert.equal(probeOf('debugpy'), pythonProbe);
    assert.equal(probeOf('python'), pythonProbe);
    const { env, ...rest } = withProbes({ ...LAUNCH, env: { A: '1' } }, pythonProbe, SETUP);
    assert.deepEqual(rest, LAUNCH, 'nothing that js-debug alone knows');
    assert.deepEqual(Object.keys(env).sort(), ['A', 'NODE_OPTIONS', 'PYTHONPATH', SPOOL_VARIABLE].sort());
  });

  it('is left alone when its program runs already, or has the probe', () => {
    assert.equal(pythonProbe.leavesAlone(LAUNCH), false);
    assert.equal(pythonProbe.leavesAlone({ ...LAUNCH, request: 'attach' }), true);
    assert.equal(pythonProbe.leavesAlone({ ...LAUNCH, env: { [SPOOL_VARIABLE]: '/elsewhere' } }), true);
  });

  it('attaches to a program of this machine, or to one elsewhere, or to a child of one that is debugged', () => {
    const attach = (more: object): boolean => isAttachedHere({ request: 'attach', ...more });
    assert.ok(attach({ connect: { host: 'localhost', port: 1 } }));
    assert.ok(attach({ host: '127.0.0.1', port: 1 }), 'as it was written before');
    assert.ok(attach({ processId: 7 }));
    assert.ok(!attach({ connect: { host: '10.0.0.7', port: 1 } }));
    assert.ok(!attach({ connect: { host: '127.0.0.1', port: 1 }, subProcessId: 8 }));
    assert.ok(!isAttachedHere(LAUNCH));
  });

  it('is that of the child of our own type where a debugger of Python is installed, or is named', () => {
    const program = 'main.py';
    assert.equal(debuggerFor({ program }), undefined);
    assert.equal(debuggerFor({ program, __debuggers: ['pwa-node', 'python'] }), 'python');
    assert.equal(debuggerFor({ program, __debuggers: ['python', 'debugpy'] }), 'debugpy');
    assert.equal(debuggerFor({ program, __debuggers: ['debugpy'], debugger: 'none' }), undefined);
    assert.equal(debuggerFor({ program, debugger: 'debugpy' }), 'debugpy');
    assert.equal(
      debuggerFor({ program: 'main.js', debugger: 'none' }),
      nodeProbe.launch.types[0],
      'Node has one always',
    );
  });
});

describe('what keeps the probe out of Python', () => {
  const textOf = (command: string): string | undefined =>
    pythonProbe.obstacle({ words: command.split(' '), env: {} }, SETUP);

  it('is told of -I, -E and -S, alone and with others', () => {
    for (const command of [
      'python3 -I a.py',
      'python -BE a.py',
      '/usr/bin/python3.12 -X dev -S a.py',
      'env python3 -Ic 1',
    ])
      assert.match(textOf(command)!, /-[A-Z]*[IES]/, command);
  });

  it('is not told of words that are no options of Python’s', () => {
    for (const command of [
      'python3 a.py -I',
      'python3 -m I -E',
      'python3 -c -S',
      'python3 -W I a.py',
      'python3 -BO a.py',
      'node -I',
    ])
      assert.equal(textOf(command), undefined, command);
  });
});
