import assert from 'node:assert/strict';
import * as path from 'node:path';
import { ACTIVITY_VARIABLE, SPOOL_VARIABLE } from '../../../src/protocol/spool';
import { probeVariables } from '../../../src/transport/probes/probes';
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
