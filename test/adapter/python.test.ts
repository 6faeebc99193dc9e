// Python programs in a session of our own type: where no debugger runs them, the adapter does so itself.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { Dap } from '../../src/protocol/adapterEvents';
import { applyDelta, type Delta, type Snapshot } from '../../src/protocol/picture';
import { isAlive } from '../../src/transport/spool/spool';
import { DEBIAN_PYTHON, debugpyFolder } from '../support/debian.mjs';
import { DapClient, withDeadline } from '../support/dapClient';
import { pythons } from '../support/runtimes/python';

const ADAPTER = path.resolve('dist/adapter.js');

const DAEMON_PROGRAM = `
import os, sys, threading
begun = threading.Event()
def write():
    begun.set()
    threading.Event().wait()
threading.Thread(target=write, name="writer", daemon=True).start()
begun.wait()
print("héllo", sys.argv[1:], os.environ["OWN"], os.environ["FILED"], os.environ["PYTHONPATH"].endswith("/of/mine"))
print("oops", file=sys.stderr)
sys.exit(3)
`;
const HELD_PROGRAM = `
import threading
threading.Thread(target=threading.Event().wait, name="holder").start()
`;

interface Output {
  output: string;
  category: string;
}

describe('a Python program under the debug adapter', () => {
  let folder: string;
  let client: DapClient;
  let python: string;

  before(function () {
    const [found] = pythons().values();
    if (found === undefined) this.skip(); // there is no Python here
    python = found;
  });
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines adapter '));
    client = new DapClient(ADAPTER);
  });
  afterEach(async () => {
    client.process.kill('SIGKILL');
    await client.exited;
    fs.rmSync(folder, { recursive: true, force: true });
  });

  /** As a client that cannot start a child session. */
  async function launch(source: string, options: object = {}): Promise<DebugProtocol.Response> {
    const program = path.join(folder, 'main.py');
    fs.writeFileSync(program, source);
    await client.initialize({});
    return client.request('launch', { name: 'Test', program, python, cwd: folder, ...options });
  }

  function picture(): Snapshot {
    let last: Snapshot | undefined;
    for (const { event, body } of client.events) {
      if (event === Dap.snapshot) last = body as Snapshot;
      if (event === Dap.delta) last = applyDelta(last!, body as Delta);
    }
    return last!;
  }
  const hasThread = ({ threads }: Delta): boolean =>
    threads.some(({ kind, onlineAt }) => kind === 'worker' && onlineAt);

  it('has its threads, its output and its exit code passed on, with its own arguments and environment', async () => {
    const env = { OWN: 'mine', PYTHONPATH: '/of/mine' };
    fs.writeFileSync(path.join(folder, 'own.env'), 'OWN=not this\nFILED=this\n');
    const response = await launch(DAEMON_PROGRAM, { args: ['a b', 'c'], env, envFile: 'own.env' });
    assert.equal(response.success, true, response.message);
    await client.event('terminated');
    const { threads, processes, complete } = picture();
    assert.equal(complete, true);
    assert.match(processes[0]!.runtime.label, /^Python 3\./);
    assert.deepEqual([processes[0]!.exit?.by, processes[0]!.exit?.code], ['exit-call', 3]);
    const writer = threads.find(({ label }) => label === 'writer');
    assert.equal(writer?.ended?.by, 'main-exit');
    assert.deepEqual(await client.event('exited'), { exitCode: 3 });
    const said = (category: string): string =>
      client.events
        .filter(({ event, body }) => event === 'output' && (body as Output).category === category)
        .map(({ body }) => (body as Output).output)
        .join('');
    assert.equal(said('stdout'), "héllo ['a b', 'c'] mine this True\n");
    assert.equal(said('stderr'), 'oops\n');
    assert.match(
      said('console'),
      /^The program runs without a debugger: breakpoints are not reached\. To reach them, /,
    );
    assert.equal(client.stderr, '');
  });

  it('says nothing of breakpoints where none are wanted', async () => {
    await launch('pass', { noDebug: true });
    await client.event('terminated');
    assert.ok(
      client.events.every(({ event, body }) => event !== 'output' || !/debugger/.test((body as Output).output)),
    );
  });

  for (const [how, stop] of [
    ['on terminate', () => client.request('terminate')],
    ['when the client vanishes', () => Promise.resolve(client.process.stdin!.destroy())],
  ] as const) {
    it(`ends ${how}`, async () => {
      await launch(HELD_PROGRAM);
      await client.event<Delta>(Dap.delta, hasThread);
      const { pid } = picture().processes[0]!;
      await stop();
      await withDeadline(how === 'on terminate' ? client.event('terminated') : client.exited, 'the end');
      assert.equal(isAlive(pid), false);
      if (how !== 'on terminate') return;
      assert.deepEqual(await client.event('exited'), { exitCode: 128 + os.constants.signals.SIGTERM });
      assert.match(picture().processes[0]!.exit!.because, /^stopped by the debugger/);
    });
  }

  describe('with a debugger that the client knows', () => {
    let debugpy: string;
    let child: DapClient | undefined;
    before(async function () {
      const found = await debugpyFolder(console.log);
      if (found === undefined) this.skip(); // it is Debian's
      debugpy = found;
    });
    afterEach(() => child?.process.kill('SIGKILL'));

    /** As a client starts a child session: an adapter of its own, with the configuration as it is. */
    async function start({ request, ...configuration }: Record<string, unknown>): Promise<undefined> {
      const adapter = path.join(debugpy, 'debugpy', 'adapter');
      child = new DapClient([DEBIAN_PYTHON, '-Xfrozen_modules=off', adapter], { ...process.env, PYTHONPATH: debugpy });
      await child.initialize();
      const launched = child.request(String(request), configuration);
      await child.event('initialized');
      await child.request('configurationDone');
      await launched;
      return undefined;
    }

    it('runs in a child session of its own, by an adapter of debugpy, and is seen without its threads', async () => {
      const program = path.join(folder, 'main.py');
      fs.writeFileSync(program, DAEMON_PROGRAM);
      client.startChild = start;
      await client.initialize();
      const env = { OWN: 'mine', FILED: '', PYTHONPATH: [debugpy, '/of/mine'].join(path.delimiter) };
      const options = { program, cwd: folder, env, python: DEBIAN_PYTHON, args: '"a b" c', debugger: 'debugpy' };
      const response = await client.request('launch', { name: 'Test', ...options });
      assert.equal(response.success, true, response.message);
      await client.event('terminated');
      const { type, console, args, ...rest } = client.started[0]!.configuration;
      assert.deepEqual([type, console, args], ['debugpy', 'internalConsole', ['a b', 'c']]);
      assert.equal('timeline' in rest || 'debugger' in rest || 'skipFiles' in rest, false);
      const { threads, processes, complete } = picture();
      assert.equal(complete, true);
      assert.deepEqual(
        threads.map(({ label, ended }) => [label, ended?.by]),
        [['main', 'exit-call'], ['writer', 'main-exit']], // prettier-ignore
      );
      assert.equal(processes[0]!.argv[1], program, 'and not debugpy, which runs it');
      const said = child!.events.filter(
        ({ event, body }) => event === 'output' && (body as Output).category === 'stdout',
      );
      assert.match(said.map(({ body }) => (body as Output).output).join(''), /^héllo \['a b', 'c'\] mine  True\n/);
    });
  });

  it('is refused, with what to do, where there is no such interpreter', async () => {
    const response = await launch('pass', { python: 'no-such-python' });
    assert.equal(response.success, false);
    const { format, id } = (response.body as { error: DebugProtocol.Message }).error;
    assert.equal(id, 9003);
    assert.match(format, /"no-such-python" was not found\. Install Python 3\.8 or newer/);
  });
});
