import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { SPOOL_VARIABLE } from '../../../src/protocol/spool';
import { ownVariable, spoolOf } from '../../../src/transport/probes/launchEnvironment';
import { nodeProbe } from '../../../src/transport/probes/node/nodeProbe';
import type { LaunchConfiguration } from '../../../src/transport/probes/probe';

const LAUNCH: LaunchConfiguration = { type: 'pwa-node', name: 'Plain', request: 'launch' };
const added = (configuration: Partial<LaunchConfiguration>): LaunchConfiguration =>
  nodeProbe.withProbe({ ...LAUNCH, ...configuration }, { bundles: '/opt', spool: '/tmp/spool' });

describe('a configuration of js-debug’s with the probe', () => {
  it('has all that the person wrote, the probe after their own options, and the probe’s frames skipped', () => {
    const own = {
      program: '/a.js',
      env: { NODE_OPTIONS: '--title=a', A: '1', B: null },
      skipFiles: ['<node_internals>/**'],
    };
    assert.deepEqual(added(own), {
      ...LAUNCH,
      ...own,
      skipFiles: ['<node_internals>/**', '**/thread-lifelines:probe'],
      env: {
        A: '1',
        B: null,
        NODE_OPTIONS: '--title=a --require=/opt/probe.js',
        [SPOOL_VARIABLE]: '/tmp/spool',
      },
    });
  });

  it('does not fail, but gets no probe, where its envFile cannot be read: what that holds would be lost', () => {
    assert.throws(() => added({ envFile: '/there/is/none' }), /ENOENT/);
  });

  it('is left alone when its program runs already, or elsewhere, or has the probe', () => {
    assert.equal(nodeProbe.leavesAlone(LAUNCH), false);
    for (const other of [
      { request: 'attach' },
      { __pendingTargetId: '1' },
      { remoteRoot: '/app' },
      { useWSL: true },
      { env: { [SPOOL_VARIABLE]: '/elsewhere' } },
    ]) {
      assert.equal(nodeProbe.leavesAlone({ ...LAUNCH, ...other }), true, JSON.stringify(other));
    }
  });

  it('tells its spool', () => {
    assert.equal(spoolOf(added({})), '/tmp/spool');
    assert.equal(spoolOf(LAUNCH), undefined);
    assert.equal(spoolOf({ env: { [SPOOL_VARIABLE]: null } }), undefined);
  });
});

describe('the NODE_OPTIONS that a program would get without us', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-test-'));
    fs.writeFileSync(path.join(folder, '.env'), 'NODE_OPTIONS="--from-file"\n');
    fs.writeFileSync(path.join(folder, 'other.env'), 'A=1\n');
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
  const inherited = { NODE_OPTIONS: '--inherited' };

  it('are those of env, else of envFile, else the debugger’s own', () => {
    const env = { NODE_OPTIONS: '--from-env' };
    assert.equal(ownVariable('NODE_OPTIONS', { env, envFile: '.env' }, folder, inherited), '--from-env');
    assert.equal(ownVariable('NODE_OPTIONS', { env: {}, envFile: '.env' }, folder, inherited), '--from-file');
    assert.equal(ownVariable('NODE_OPTIONS', { envFile: 'other.env' }, folder, inherited), '--inherited');
    assert.equal(ownVariable('NODE_OPTIONS', {}, folder, {}), undefined);
  });

  it('are none where env removes them', () => {
    assert.equal(
      ownVariable('NODE_OPTIONS', { env: { NODE_OPTIONS: null }, envFile: '.env' }, folder, inherited),
      undefined,
    );
  });
});
