// Whatever happens to the spool, or the program does to its files, the program runs the same; what is missing is told.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { SPOOL_VARIABLE } from '../../src/protocol/spool';
import { SpoolReader } from '../../src/transport/spool/spoolReader';
import { onEach } from '../support/onEach';
import { runBare, runObserved, runWithPreload, type Observed } from '../support/runProgram';
import { PYTHON } from '../support/runtimes/python';

let folder: string;
before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-python-'))));
after(() => fs.rmSync(folder, { recursive: true }));

function program(name: string, source: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, source);
  return file;
}

const kinds = ({ events }: Pick<Observed, 'events'>): string[] => events.map(({ k }) => k);

onEach(PYTHON, 'a program that closes all files and takes their numbers', (python) => {
  it('finds nothing of ours in its own, and is observed', async () => {
    const own = path.join(folder, 'own.txt');
    const file = program(
      'daemonizes.py',
      `import os, threading
first = threading.Thread(target=print, args=("before",))
first.start()
first.join()
while len(os.listdir("/proc/self/task")) > 1:
    pass  # its end may load a library, for which 3.8 needs a file
os.closerange(3, 1024)
fd = os.open(${JSON.stringify(own)}, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
for number in range(3, 64):
    if number != fd:
        os.dup2(fd, number)
for number in range(3):
    thread = threading.Thread(target=os.write, args=(20 + number, b"line\\n"))
    thread.start()
    thread.join()
`,
    );
    const observed = await runObserved(python(), file);
    assert.deepEqual([observed.code, observed.stdout, observed.stderr], [0, 'before\n', '']);
    assert.equal(fs.readFileSync(own, 'utf8'), 'line\n'.repeat(3));
    assert.equal(kinds(observed).filter((k) => k === 'thread-exit').length, 4);
  });
});

onEach(PYTHON, 'a program without a free file descriptor', (python) => {
  it('runs the same, and its records are written when there is one again', async () => {
    const file = program(
      'descriptors.py',
      `import os, resource, threading
first = threading.Thread(target=str)  # its end may load a library
first.start()
first.join()
while len(os.listdir("/proc/self/task")) > 1:
    pass
resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
taken = []
try:
    while True:
        taken.append(os.dup(1))
except OSError as error:
    print(error.errno == 24)
thread = threading.Thread(target=print, args=("starved",), name="starved")
thread.start()
thread.join()
for fd in taken:
    os.close(fd)
threading.Thread(target=print, args=("fed",)).start()
`,
    );
    const observed = await runObserved(python(), file);
    assert.deepEqual([observed.code, observed.stdout, observed.stderr], [0, 'True\nstarved\nfed\n', '']);
    assert.ok(kinds(observed).includes('unwritten'));
    assert.ok(observed.events.some((event) => event.k === 'thread-start' && event.name === 'starved'));
  });
});

onEach(PYTHON, 'a program whose spool is removed', (python) => {
  it('runs the same', async () => {
    const source = `import os, shutil, threading
shutil.rmtree(os.environ.get("${SPOOL_VARIABLE}", "/nowhere"), ignore_errors=True)
for number in range(3):
    thread = threading.Thread(target=print, args=(number,))
    thread.start()
    thread.join()
threading.Thread(target=threading.Event().wait, daemon=True).start()
`;
    const file = program('removed.py', source);
    const [observed, bare] = [await runObserved(python(), file).catch(() => undefined), await runBare(python(), file)];
    assert.equal(observed?.stdout ?? bare.stdout, bare.stdout);
    const again = await runBare(python(), file, {
      env: PYTHON.preloading(PYTHON.probe, path.join(folder, 'never made')),
    });
    assert.deepEqual({ ...again, pid: 0 }, { ...bare, pid: 0 });
  });
});

onEach(PYTHON, 'a program whose spool is on a full disk', (python) => {
  const disk = (): string => path.join(folder, 'small disk');
  before(function () {
    fs.mkdirSync(disk(), { recursive: true });
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', disk()]);
    if (status !== 0) this.skip(); // making a small disk takes root on Linux
  });
  after(() => spawnSync('umount', [disk()]));

  it('runs the same, and says that something is missing', async () => {
    const file = program(
      'many.py',
      `import threading
for number in range(200):
    thread = threading.Thread(target=str)
    thread.start()
    thread.join()
print("done")
`,
    );
    const observed = await runObserved(python(), file, { env: { [SPOOL_VARIABLE]: disk() } });
    assert.deepEqual([observed.code, observed.stdout, observed.stderr], [0, 'done\n', '']);
    const { events } = new SpoolReader(disk()).readRest();
    assert.ok(events.some(({ k }) => k === 'process-start'));
    assert.ok(events.some(({ k }) => k === 'unwritten'));
  });
});

onEach(PYTHON, 'a program that is interrupted again and again', (python) => {
  it('sees nothing of ours, which looks around after the first time', async () => {
    const file = program(
      'interrupted.py',
      `import os, queue, signal, threading, time
times = 0
def interrupt(*_):
    global times
    times += 1
    if times <= 2:
        raise KeyboardInterrupt
signal.signal(signal.SIGINT, interrupt)
def send():
    time.sleep(1.2)
    for _ in range(60):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.002)
threading.Thread(target=send, daemon=True).start()
jobs = queue.Queue()
jobs.put(1)
try:
    try:
        jobs.join()
    finally:
        time.sleep(0.5)
except KeyboardInterrupt:
    print("interrupted")
`,
    );
    // Without what was compiled before it looks for long enough to be interrupted.
    const copy = fs.mkdtempSync(path.join(folder, 'copy-'));
    fs.cpSync(PYTHON.probe, copy, { recursive: true, filter: (name) => !name.endsWith('__pycache__') });
    const { code, stdout, stderr } = await runWithPreload(python(), file, copy);
    assert.deepEqual([code, stdout, stderr], [0, 'interrupted\n', '']);
  });
});

onEach(PYTHON, 'the way in', (python) => {
  it('hands on to the program’s own sitecustomize, also to one that fails, and is not on its path', async () => {
    const own = path.join(folder, 'own');
    fs.mkdirSync(own, { recursive: true });
    const file = program(
      'path.py',
      'import sys\nprint([p for p in sys.path if "python" in p and "dist" in p], "sitecustomize" in sys.modules)\n',
    );
    const env = (spool: string): NodeJS.ProcessEnv => ({
      ...PYTHON.preloading(PYTHON.probe, spool),
      PYTHONPATH: `${PYTHON.probe}${path.delimiter}${own}`,
    });
    for (const source of ['print("own", __name__)\n', 'raise ValueError("own")\n']) {
      fs.writeFileSync(path.join(own, 'sitecustomize.py'), source);
      const spool = fs.mkdtempSync(path.join(folder, 'spool-'));
      const observed = await runBare(python(), file, { env: env(spool) });
      const bare = await runBare(python(), file, { env: { PYTHONPATH: own } });
      assert.deepEqual({ ...observed, pid: 0 }, { ...bare, pid: 0 });
      assert.ok(kinds(new SpoolReader(spool).readRest()).includes('exited'));
    }
  });

  it('goes on without a probe where a part of it is missing or broken, as in an update of the editor', async () => {
    const file = path.join(PYTHON.programs, 'threads.py');
    const bare = await runBare(python(), file);
    const copy = path.join(folder, 'copy');
    for (const [part, text] of [
      ['threads.py', undefined],
      ['last.py', 'no python'],
      ['start.py', undefined],
    ] as const) {
      fs.rmSync(copy, { recursive: true, force: true });
      fs.cpSync(PYTHON.probe, copy, { recursive: true, filter: (name) => !name.endsWith('__pycache__') });
      if (text === undefined) fs.rmSync(path.join(copy, part));
      else fs.writeFileSync(path.join(copy, part), text);
      const observed = await runWithPreload(python(), file, copy);
      assert.deepEqual({ ...observed, pid: 0 }, { ...bare, pid: 0 }, part);
    }
  });

  it('is closed by -I, -E and -S: the program runs the same', async () => {
    const file = path.join(PYTHON.programs, 'tasks.py');
    for (const option of ['-I', '-E', '-S']) {
      const observed = await runObserved(python(), file, { args: [option] });
      assert.equal(observed.code, 0);
      assert.deepEqual(observed.events, []);
    }
  });
});
