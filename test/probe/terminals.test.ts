// Programs that are started by hand in a terminal which has the probe: those that the debugger waits for, and the others.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DEBUGGER_VARIABLE, SPOOLS_VARIABLE, SPOOL_VARIABLE } from '../../src/protocol/spool';
import { SpoolReader } from '../../src/transport/spool/spoolReader';
import { probeOption } from '../../src/transport/probes/node/environment';
import { ownSpoolOf } from '../../src/transport/spool/spool';
import { onEach } from '../support/onEach';
import { runBare, type Run } from '../support/runProgram';
import { NODE, PROBE } from '../support/runtimes/node';

/** Starts itself once more, with a worker. */
const PARENT = `
if (process.argv[2]) new (require('node:worker_threads').Worker)('0', { eval: true });
else require('node:child_process').fork(__filename, ['child']);
console.log(process.env.${SPOOL_VARIABLE} !== undefined);
`;

onEach(NODE, 'in a terminal', (node) => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-terminals-'));
    fs.writeFileSync((file = path.join(folder, 'program.js')), PARENT);
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));
  const inTerminal = (more: NodeJS.ProcessEnv): Promise<Run> =>
    runBare(node(), file, { env: { NODE_OPTIONS: probeOption(PROBE), [SPOOLS_VARIABLE]: folder, ...more } });

  it('a program that the debugger waits for makes a spool of its own, also for its child processes', async () => {
    const { pid, stdout } = await inTerminal({ [DEBUGGER_VARIABLE]: '{}' });
    assert.equal(stdout, 'true\ntrue\n');
    const spool = ownSpoolOf(pid!, folder)!;
    const { events } = new SpoolReader(spool).readRest();
    assert.equal(events.filter(({ k }) => k === 'process-start').length, 2);
    assert.equal(events.filter(({ k }) => k === 'thread-start').length, 1);
  });

  it('any other is left alone', async () => {
    const { stdout } = await inTerminal({ [DEBUGGER_VARIABLE]: undefined });
    assert.equal(stdout, 'false\nfalse\n');
    assert.deepEqual(fs.readdirSync(folder), ['program.js']);
  });

  it('a program of a session with a spool writes there', async () => {
    const spool = fs.mkdtempSync(path.join(folder, 'session-'));
    const { pid } = await inTerminal({ [DEBUGGER_VARIABLE]: '{}', [SPOOL_VARIABLE]: spool });
    assert.equal(ownSpoolOf(pid!, folder), undefined);
    assert.ok(new SpoolReader(spool).readRest().events.length > 0);
  });
});
