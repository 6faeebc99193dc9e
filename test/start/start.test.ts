// `npm start` as a person runs it, where there is no desktop VS Code and no display.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const START = path.resolve('test/support/start.mjs');
/** The editor's start and the demo, on a slow machine that has still to get the editor. */
const DEADLINE_MS = 180_000;

/** What the demo itself writes, and may leave. */
const LOG_OF_THE_DEMO = 'thread-lifelines-demo.log';

/** Empty at the beginning, and again at the end: where `npm start` has its temporary files. */
let scratch: string;
let programs: string;
const running = new Set<ChildProcess>();

before(() => {
  programs = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines programs '));
  // A project of its own, so that nothing lying in a folder above is taken for it.
  fs.writeFileSync(path.join(programs, 'package.json'), '{}');
});
after(() => fs.rmSync(programs, { recursive: true, force: true }));
beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), 's-')); // short, as the paths of sockets must be
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  fs.rmSync(scratch, { recursive: true, force: true });
});

class Start {
  output = '';
  readonly exited: Promise<number | null>;
  /** In the environment of everything that it starts, and so a way to find them all. */
  private readonly mark = randomBytes(8).toString('hex');
  private readonly child: ChildProcess;

  constructor(args: string[], env: NodeJS.ProcessEnv = {}) {
    this.child = spawn(process.execPath, [START, ...args], {
      env: {
        ...process.env,
        CI: 'true',
        THREAD_LIFELINES_EDITOR: 'browser',
        TMPDIR: scratch,
        START_MARK: this.mark,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this.child);
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.on('data', (data: Buffer) => (this.output += data.toString()));
    }
    this.exited = new Promise((resolve) =>
      this.child.once('close', (code) => {
        running.delete(this.child);
        resolve(code);
      }),
    );
  }

  /** Resolves when it has printed this; rejects when it ends without. */
  async printed(text: RegExp): Promise<void> {
    let print = (): void => undefined;
    const found = new Promise<void>((resolve) => {
      print = () => text.test(this.output) && resolve();
      this.child.stdout!.on('data', print);
      print();
    });
    const ended = this.exited.then((code) => assert.fail(`ended with ${code} without ${text}:\n${this.output}`));
    await Promise.race([found, ended]);
  }

  interrupt(): void {
    this.child.kill('SIGINT');
  }

  /** Command lines of what it has started and not ended. Only Linux tells; elsewhere it is none. */
  leftOver(): string[] {
    if (process.platform !== 'linux') return [];
    const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.filter((pid) => readProc(pid, 'environ').includes(this.mark)).map((pid) => readProc(pid, 'cmdline'));
  }
}

function readProc(pid: string, file: string): string {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has just ended
  }
}

/** A program in a folder with a space in its name. */
function programOf(name: string, source: string): string {
  const file = path.join(programs, name);
  fs.writeFileSync(file, source);
  return file;
}

/** Resolves when the file is there. */
function created(file: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!fs.existsSync(file)) return;
      watcher.close();
      resolve();
    };
    const watcher = fs.watch(path.dirname(file), look);
    look();
  });
}

function assertNothingLeft(start: Start): void {
  assert.deepEqual(start.leftOver(), []);
  const files = fs.readdirSync(scratch).filter((file) => file !== LOG_OF_THE_DEMO);
  assert.deepEqual(files, []);
}

describe('npm start', () => {
  it('runs the demo in a VS Code behind a token on loopback, and prints who was killed with main', async function () {
    this.timeout(DEADLINE_MS);
    const start = new Start(['--once']);
    assert.equal(await start.exited, 0, start.output);
    assert.match(start.output, /^VS Code: http:\/\/127\.0\.0\.1:\d+\/\?tkn=[0-9a-f]{48}&/m);
    assert.match(start.output, /^ *logger .*\bdaemon\b.*killed with main/m);
    assertNothingLeft(start);
  });

  it('ends the editor and a program that would run for ever at Ctrl-C, with a report', async function () {
    this.timeout(DEADLINE_MS);
    const sign = path.join(programs, 'runs');
    const program = `require('fs').writeFileSync(${JSON.stringify(sign)}, ''); setInterval(() => {}, 1000);`;
    const start = new Start([programOf('for ever.js', program)]);
    await Promise.race([created(sign), start.printed(/^never$/m)]);
    assert.ok(start.leftOver().some((command) => command.includes('for ever.js')));
    start.interrupt();
    assert.equal(await start.exited, 0, start.output);
    assert.match(start.output, /^Thread Lifelines: Stopped by the debugger\.$/m);
    assertNothingLeft(start);
  });

  it('says what is wrong with a program that does not exist, before it installs or opens anything', async () => {
    const start = new Start([path.join(programs, 'no such.js')]);
    assert.equal(await start.exited, 1);
    assert.equal(start.output, `There is no program ${path.join(programs, 'no such.js')}\n`);
  });

  it('opens a desktop VS Code with folders of its own, and waits until it is closed', async function () {
    if (process.platform === 'win32') this.skip();
    this.timeout(DEADLINE_MS);
    const told = path.join(programs, 'arguments');
    const editor = programOf('code', `#!/bin/sh\nprintf '%s\\n' "$@" > '${told}'\n`);
    fs.chmodSync(editor, 0o755);
    const start = new Start([programOf('some.js', '')], { THREAD_LIFELINES_EDITOR: editor });
    assert.equal(await start.exited, 0, start.output);
    const args = fs.readFileSync(told, 'utf8').trim().split('\n');
    assert.equal(args.at(-1), programs);
    assert.ok(args.includes('--wait'));
    assert.ok(args.includes(`--extensionDevelopmentPath=${process.cwd()}`));
    for (const flag of ['--user-data-dir=', '--extensions-dir=']) {
      assert.ok(args.some((arg) => arg.startsWith(`${flag}${scratch}${path.sep}`)));
    }
    assertNothingLeft(start);
  });
});
