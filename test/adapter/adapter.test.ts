// The built adapter, spoken to over stdio as any debug client would. The client carries out `startDebugging` by running
// the program as the child's configuration says; under js-debug itself it is tested in test/editor.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { Dap, type ReportBody } from '../../src/protocol/adapterEvents';
import { applyDelta, type Delta, type Snapshot } from '../../src/protocol/picture';
import { readRecording } from '../../src/transport/spool/recording';
import { isAlive } from '../../src/transport/spool/spool';
import { DapClient, withDeadline } from '../support/dapClient';
import { HOSTILE_CODE, HOSTILE_FILES, HOSTILE_LINES, HOSTILE_PROGRAM } from '../support/hostileProgram';
import { oldNode } from '../support/nodes.mjs';

const ADAPTER = path.resolve('dist/adapter.js');

const DAEMON_PROGRAM = `
const { Worker } = require('node:worker_threads');
const worker = new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'daemon' });
worker.once('online', () => worker.unref());
`;
const CARELESS_PROGRAM = `
const { Worker } = require('node:worker_threads');
const worker = new Worker("require('node:worker_threads').parentPort.postMessage(1); for (;;);", { eval: true });
worker.once('message', () => (worker.postMessage('save'), worker.terminate()));
`;
const HELD_PROGRAM = `
const { Worker } = require('node:worker_threads');
new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'holder' });
`;

/** Names another's process in the spool, once as a process and once as a group. */
const LYING_PROGRAM = `
const fs = require('node:fs');
const spool = process.env.THREAD_LIFELINES_SPOOL;
const t = Number(process.hrtime.bigint() / 1000n);
[1, -1].forEach((sign, i) => {
  const p = '7-' + (t + i);
  const start = { k: 'process-start', p, tid: 0, q: 0, t, v: 1, pid: sign * process.argv[2], ppid: 1, runtime: 'node' };
  const rest = { version: '24.0.0', argv: ['other'], execArgv: [], cwd: '/', wall: Date.now() };
  fs.writeFileSync(spool + '/' + p + '.spool.ndjson', JSON.stringify({ ...start, ...rest }) + '\\n');
});
setInterval(() => {}, 1000);
`;

interface Output {
  output: string;
}

let folder: string;
let client: DapClient;
const programs: ChildProcess[] = [];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines adapter '));
  client = new DapClient(ADAPTER);
  client.startChild = (configuration) => void programs.push(run(configuration));
});

afterEach(async () => {
  for (const program of programs.splice(0)) program.kill('SIGKILL');
  client.process.kill('SIGKILL');
  await client.exited;
  fs.rmSync(folder, { recursive: true, force: true });
});

/** What js-debug does with such a configuration, without the debugging. */
function run(configuration: Record<string, unknown>, node = process.execPath): ChildProcess {
  const {
    program,
    args = [],
    cwd,
    env,
  } = configuration as { program: string; args?: string[]; cwd: string; env: object };
  return spawn(node, [program, ...args], { cwd, env: { ...process.env, ...env }, stdio: 'ignore' });
}

function programFile(source: string, name = 'main.js'): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, source);
  return file;
}

async function launch(options: object, locale?: string): Promise<DebugProtocol.Response> {
  await client.initialize({ supportsStartDebuggingRequest: true, ...(locale === undefined ? {} : { locale }) });
  return client.request('launch', { name: 'Test', cwd: folder, __storage: path.join(folder, 'storage'), ...options });
}

/** What a client knows that applies every delta to the first snapshot. */
function pictureFromEvents(): Snapshot {
  let picture: Snapshot | undefined;
  for (const { event, body } of client.events) {
    if (event === Dap.snapshot) picture = body as Snapshot;
    if (event === Dap.delta) picture = applyDelta(picture!, body as Delta);
    if (event === Dap.delta) assert.ok(picture, 'no delta is missing');
  }
  return picture!;
}

const leftInStorage = (sub: string): string[] => {
  const at = path.join(folder, 'storage', sub);
  return fs.existsSync(at) ? fs.readdirSync(at) : [];
};

describe('a session of the debug adapter', () => {
  it('streams the threads from the first to the last, then ends and leaves only the recording', async () => {
    const response = await launch({ program: programFile(DAEMON_PROGRAM) });
    assert.equal(response.success, true, response.message);
    await client.event('terminated');
    const picture = pictureFromEvents();
    const daemon = picture.threads.find((thread) => thread.kind === 'worker');
    assert.equal(daemon?.ended?.by, 'main-exit');
    assert.equal(daemon?.keepsAlive.at(-1)?.value, false);
    assert.equal(picture.complete, true);
    assert.equal(picture.processes[0]?.exit?.by, 'returned');
    await client.request('disconnect');
    await withDeadline(client.exited, 'the end of the adapter');
    assert.deepEqual(leftInStorage('spools'), []);
    const [recording] = leftInStorage('recordings');
    const { events } = readRecording(path.join(folder, 'storage', 'recordings', recording!));
    assert.ok(events.some((event) => event.k === 'thread-start'));
    assert.equal(client.stderr, '');
  });

  it('says on the console what was found', async () => {
    await launch({ program: programFile(CARELESS_PROGRAM) });
    const { output } = await client.event<{ output: string }>('output', ({ output }) => output.includes('finding'));
    assert.match(output, /1 finding: terminate\(\) right after postMessage\(\): .*\.js:4\)/);
  });

  it('says of a Node that is too old that it is, and the program runs', async function () {
    this.timeout(300_000); // the first time it is fetched
    const { path: node } = await oldNode();
    client.startChild = (configuration) => void programs.push(run(configuration, node));
    await launch({ program: programFile(DAEMON_PROGRAM) });
    const { output } = await client.event<{ output: string }>('output', ({ output }) => output.includes('too old'));
    assert.match(output, /Node 18\.\d+\.\d+ is too old .* Node 20 or newer is required/);
    const { processes } = pictureFromEvents();
    assert.equal(processes[0]?.supported, false);
  });

  it('has no threads of its own, so that none stands twice in the call stack', async () => {
    await launch({ program: programFile(HELD_PROGRAM) });
    assert.deepEqual((await client.request('threads')).body, { threads: [] });
  });

  it('gives the whole picture and the report at any time', async () => {
    await launch({ program: programFile(HELD_PROGRAM) });
    await client.event<Delta>(Dap.delta, ({ threads }) => threads.some((thread) => thread.kind === 'worker'));
    const { threads } = (await client.request(Dap.getSnapshot)).body as Snapshot;
    assert.deepEqual(threads.map((thread) => thread.kind).sort(), ['main', 'worker']);
    const report = (await client.request(Dap.getReport)).body as ReportBody;
    assert.match(report.markdown, /main has not ended/);
    assert.ok(report.recording);
  });

  it('takes what a person stops by the debugger below it for the person’s doing', async () => {
    await launch({ program: programFile(HELD_PROGRAM) });
    await client.event<Delta>(Dap.delta, ({ threads }) => threads.some((thread) => thread.kind === 'worker'));
    await client.request(Dap.stopRequested);
    programs[0]!.kill('SIGKILL');
    await client.event('terminated');
    const { threads, processes } = pictureFromEvents();
    assert.match(processes[0]!.exit!.because, /^stopped by the debugger/);
    assert.deepEqual(new Set(threads.map(({ ended }) => ended!.severity)), new Set(['info']));
  });

  it('ends the program on terminate, where the client cannot', async function () {
    if (process.platform === 'win32') this.skip(); // it does not say whose a process is
    await launch({ program: programFile(HELD_PROGRAM) });
    await client.event<Delta>(Dap.delta, ({ threads }) => threads.some((thread) => thread.kind === 'worker'));
    const { processes } = pictureFromEvents();
    await client.request('terminate');
    await client.event('terminated');
    assert.equal(isAlive(processes[0]!.pid), false);
    const { threads, processes: ended } = pictureFromEvents();
    assert.equal(threads.find((thread) => thread.kind === 'worker')?.ended?.by, 'signal');
    assert.match(ended[0]!.exit!.because, /^stopped by the debugger/);
  });

  for (const [how, stop] of [
    ['on terminate', () => client.request('terminate')],
    ['when the client vanishes', () => Promise.resolve(client.process.stdin!.destroy())],
  ] as const) {
    it(`ends no process that is not the program’s, whatever stands in the spool, ${how}`, async function () {
      this.timeout(30_000); // the adapter waits for processes that do not end
      const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
      try {
        await launch({ program: programFile(LYING_PROGRAM), args: [String(other.pid)] });
        await client.event<Delta>(Dap.delta, ({ processes }) => processes.some(({ pid }) => pid === other.pid));
        await client.event<Delta>(Dap.delta, ({ processes }) => processes.some(({ pid }) => pid === programs[0]!.pid));
        await stop();
        await withDeadline(how === 'on terminate' ? client.event('terminated') : client.exited, 'the end');
        assert.equal(isAlive(other.pid!), true);
        assert.equal(isAlive(programs[0]!.pid!), false);
        if (how !== 'on terminate') return;
        const said = client.events.filter(({ event }) => event === 'output').map(({ body }) => (body as Output).output);
        assert.ok(
          said.some((text) => text.includes(`may not belong to this program: process ${other.pid}`)),
          said.join(),
        );
      } finally {
        other.kill('SIGKILL');
      }
    });
  }

  it('ends the program, keeps the recording and leaves no spool when the client vanishes', async () => {
    await launch({ program: programFile(HELD_PROGRAM) });
    const { processes } = await client.event<Delta>(Dap.delta, (delta) => delta.processes.length > 0);
    client.process.stdin!.destroy();
    await withDeadline(client.exited, 'the end of the adapter');
    assert.equal(isAlive(processes[0]!.pid), false);
    assert.deepEqual(leftInStorage('spools'), []);
    assert.equal(leftInStorage('recordings').length, 1);
  });

  it('lets the program go on when the client detaches', async () => {
    await launch({ program: programFile(HELD_PROGRAM) });
    const { processes } = await client.event<Delta>(Dap.delta, (delta) => delta.processes.length > 0);
    await client.request('disconnect', { terminateDebuggee: false });
    await withDeadline(client.exited, 'the end of the adapter');
    assert.equal(isAlive(processes[0]!.pid), true);
  });

  it('recovers the spool of an adapter that was killed, when the next session starts', async () => {
    await launch({ program: programFile(HELD_PROGRAM), name: 'Killed' });
    await client.event<Delta>(Dap.delta, ({ threads }) => threads.some((thread) => thread.kind === 'worker'));
    client.process.kill('SIGKILL');
    await client.exited;
    const program = programs.splice(0)[0]!;
    program.kill('SIGKILL');
    if (program.exitCode === null && program.signalCode === null) await once(program, 'exit');
    assert.equal(leftInStorage('spools').length, 1);
    client = new DapClient(ADAPTER);
    await launch({ program: programFile(HELD_PROGRAM) });
    assert.equal(leftInStorage('recordings').filter((name) => name.includes('Killed')).length >= 1, true);
    assert.equal(leftInStorage('spools').length, 1, 'only the new session has a spool');
  });

  it('loses of a hostile spool what is hostile, says how much, and goes on', async () => {
    await launch({ program: programFile(HOSTILE_PROGRAM) });
    await client.event('terminated');
    const [program] = programs;
    if (program!.exitCode === null) await once(program!, 'exit');
    assert.equal(program!.exitCode, HOSTILE_CODE);
    const { threads, damaged, notices } = pictureFromEvents();
    assert.deepEqual(
      threads.map(({ kind, ended }) => [kind, ended?.by]),
      [
        ['main', 'returned'],
        ['worker', 'returned'],
      ],
    );
    assert.equal(damaged, HOSTILE_LINES + HOSTILE_FILES);
    assert.deepEqual(notices, []);
    assert.equal(client.stderr, '');
    assert.deepEqual(leftInStorage('spools'), []);
  });

  it('says so when its spool can no longer be read, and goes on', async () => {
    await launch({ program: programFile(HELD_PROGRAM) });
    await client.event<Delta>(Dap.delta, ({ threads }) => threads.some((thread) => thread.kind === 'worker'));
    const [spool] = leftInStorage('spools');
    fs.rmSync(path.join(folder, 'storage', 'spools', spool!), { recursive: true, maxRetries: 10 });
    const { notices } = await client.event<Delta>(Dap.delta, (delta) => delta.notices.length > 0);
    assert.match(notices[0]!.text, /thread events in .* cannot be read \(ENOENT\)/);
    await client.request('terminate');
    await client.event('terminated');
  });

  it('tells of a runtime that never reports, when the program ends', async () => {
    client.startChild = () => undefined;
    await launch({ program: programFile(HELD_PROGRAM), __childBy: 'client' });
    await client.event(Dap.startChild);
    await client.request(Dap.childEnded);
    const { notices } = await client.event<Delta>(Dap.delta, (delta) => delta.complete);
    assert.match(notices[0]?.text ?? '', /has not reported any thread/);
  });
});

describe('the adapter speaks the language of the client', () => {
  const refusal = async (locale: string): Promise<string> => (await launch({}, locale)).message ?? '';

  it('in what it finds, in the report and on the console', async () => {
    await launch({ program: programFile(CARELESS_PROGRAM) }, 'de');
    const { output } = await client.event<{ output: string }>('output', ({ output }) => output.includes('Befund'));
    assert.match(output, /1 Befund: terminate\(\) gleich nach postMessage\(\): .*\.js:4\)/);
    const { findings, threads } = (await client.request(Dap.getSnapshot)).body as Snapshot;
    assert.match(findings[0]!.text, /1 nicht zugestellte Nachricht ging verloren\./);
    assert.match(findings[0]!.advice, /^Statt terminate\(\) aufzurufen, bitten Sie den Thread/);
    assert.match(threads.find(({ kind }) => kind === 'worker')!.ended!.because, /^terminate\(\) wurde in main\.js:4/);
    const { markdown } = (await client.request(Dap.getReport)).body as ReportBody;
    assert.match(markdown, /^# Verloren: .*\n\nAbschlussbericht: Test\n/);
    assert.match(markdown, /\| main \| main \| zurückgekehrt nach \d+,\d+ s: nichts hielt ihn mehr am Leben \|/);
  });

  for (const locale of ['de', 'de-AT', 'de_DE.UTF-8'])
    it(`in its refusals, told of as ${locale}`, async () =>
      assert.match(await refusal(locale), /^Es gibt nichts auszu/));

  for (const locale of ['en', 'en-US', 'tlh', 'C', '../de', ''])
    it(`which is English where it has no other: “${locale}”`, async () =>
      assert.match(await refusal(locale), /^Nothing to run/));
});

describe('a client that takes the adapter of the parent for each child', () => {
  const nested: DapClient[] = [];
  const refusals: (string | undefined)[] = [];
  const WHAT_TO_SET =
    /started Thread Lifelines again instead of js-debug.*dap\.adapters\["pwa-node"\].*"thread-lifelines env"/;

  afterEach(async () => {
    refusals.splice(0);
    for (const one of nested.splice(0)) {
      one.process.kill('SIGKILL');
      await one.exited;
    }
  });

  /** Starts our adapter for the child, and for the child's child; two are enough to see that it does not end. */
  async function startNested(configuration: object): Promise<string | undefined> {
    if (nested.length === 2) return 'no end of adapters';
    const one = new DapClient(ADAPTER);
    nested.push(one);
    one.startChild = startNested;
    await one.initialize();
    const { success, message } = await one.request('launch', configuration);
    refusals.push(success ? undefined : message);
    return success ? undefined : message;
  }

  const CLIENTS: Record<string, (configuration: Record<string, unknown>) => Promise<string | undefined> | void> = {
    'that says at once that it has': (configuration) => void startNested(configuration),
    'that says what came of it': startNested,
    'that never answers': async (configuration) => {
      await startNested(configuration);
      return new Promise<string>(() => undefined);
    },
    'that puts its own type into the configuration': (configuration) =>
      void startNested({ ...configuration, type: 'thread-lifelines', __storage: path.join(folder, 'storage') }),
  };
  for (const [which, startChild] of Object.entries(CLIENTS))
    it(`is told once what to set, and all ends without a run of the program: one ${which}`, async () => {
      client.startChild = startChild;
      await launch({ program: programFile("require('node:fs').writeFileSync('ran', '')") });
      await client.event('terminated');
      assert.equal(nested.length, 1, 'none is started by the nested one');
      assert.equal(await withDeadline(nested[0]!.exited, 'the end of the nested adapter'), 0);
      assert.match(refusals[0]!, WHAT_TO_SET);
      const said = client.events
        .filter(({ event }) => event === 'output')
        .map(({ body }) => body as { output: string });
      assert.deepEqual(
        said.map(({ output }) => output),
        [`${refusals[0]}\n`],
      );
      await client.request('disconnect');
      await withDeadline(client.exited, 'the end of the adapter');
      assert.equal(fs.existsSync(path.join(folder, 'ran')), false);
      assert.deepEqual(leftInStorage('spools'), []);
      assert.equal(nested[0]!.stderr + client.stderr, '');
    });

  it('is no client whose program is given the folder of “thread-lifelines env”', async () => {
    const env = { THREAD_LIFELINES_SPOOL: folder };
    assert.equal((await launch({ program: programFile(DAEMON_PROGRAM), env })).success, true);
    await client.event('terminated');
    assert.equal(pictureFromEvents().threads.length, 2);
  });
});

describe('the child’s configuration', () => {
  const child = async (options: object): Promise<Record<string, unknown>> => {
    client.startChild = () => undefined;
    const response = await launch({ program: programFile(''), ...options });
    assert.equal(response.success, true, response.message);
    await withDeadline(
      (async () => {
        while (client.started.length === 0) await once(client.process.stdout!, 'data');
      })(),
      'startDebugging',
    );
    return client.started[0]!.configuration;
  };

  it('is js-debug’s, with all of the person’s own options and none of ours', async () => {
    const configuration = await child({ skipFiles: ['a'], smartStep: true, timeline: { reveal: false }, type: 'x' });
    assert.equal(configuration['type'], 'pwa-node');
    assert.equal(configuration['name'], 'Test');
    assert.deepEqual(configuration['skipFiles'], ['a', '**/thread-lifelines:probe'], 'the probe is not stepped into');
    assert.equal(configuration['smartStep'], true);
    assert.equal('timeline' in configuration || '__storage' in configuration, false);
  });

  it('keeps NODE_OPTIONS of env, then of envFile, then of the environment', async () => {
    fs.writeFileSync(path.join(folder, '.env'), 'NODE_OPTIONS=--no-warnings\nOTHER=1\n');
    const fromFile = (await child({ envFile: '.env' }))['env'] as Record<string, string>;
    assert.match(fromFile['NODE_OPTIONS']!, /^--no-warnings --require=/);
    client.process.kill('SIGKILL');
    client = new DapClient(ADAPTER, { ...process.env, NODE_OPTIONS: '--trace-uncaught' });
    const inherited = (await child({}))['env'] as Record<string, string>;
    assert.match(inherited['NODE_OPTIONS']!, /^--trace-uncaught --require=/);
    client.process.kill('SIGKILL');
    client = new DapClient(ADAPTER);
    const own = (await child({ envFile: '.env', env: { NODE_OPTIONS: '--no-deprecation' } }))['env'] as Record<
      string,
      string
    >;
    assert.match(own['NODE_OPTIONS']!, /^--no-deprecation --require=/);
  });
});

describe('a launch that cannot work is refused with what to do', () => {
  const refused = async (options: object): Promise<string> => {
    const response = await launch(options);
    assert.equal(response.success, false);
    assert.deepEqual(leftInStorage('spools'), [], 'nothing stays behind');
    return response.message ?? '';
  };

  it('without a program', async () => assert.match(await refused({}), /Nothing to run: set "program"/));

  it('when the program does not exist', async () =>
    assert.match(await refused({ program: path.join(folder, 'gone.js') }), /gone\.js does not exist/));

  it('when the runtime does not exist', async () =>
    assert.match(await refused({ program: programFile(''), runtimeExecutable: 'nodde' }), /"nodde" was not found/));

  it('when a limit is no number', async () => {
    const timeline = { activityLimit: 'much' };
    assert.match(await refused({ program: programFile(''), timeline }), /"timeline.activityLimit" .* must be a number/);
  });

  it('when cwd does not exist', async () =>
    assert.match(await refused({ program: programFile(''), cwd: path.join(folder, 'no') }), /of "cwd" does not exist/));

  it('when envFile cannot be read', async () =>
    assert.match(
      await refused({ program: programFile(''), envFile: 'no.env' }),
      /no\.env of "envFile" cannot be read/,
    ));

  it('when the recording cannot be written', async () => {
    const recording = path.join(programFile('', 'file'), 'a.lifelines');
    assert.match(await refused({ program: programFile(''), timeline: { recording } }), /recording cannot be written/);
  });

  it('when the folder for the spool cannot be made', async () => {
    const __storage = programFile('', 'storage-is-a-file');
    assert.match(
      await refused({ program: programFile(''), __storage }),
      /could not be created below .*Make it writable/,
    );
  });

  it('when the client cannot start a child session', async () => {
    await client.initialize({});
    const response = await client.request('launch', { program: programFile(''), cwd: folder });
    assert.match(response.message ?? '', /cannot start a child session.*thread-lifelines record/);
  });
});
