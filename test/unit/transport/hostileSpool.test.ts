// A spool stands where the program may write. Whatever it puts there costs itself, and nothing of what stands beside it.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { recoverSpools } from '../../../src/collector/recovery';
import { ACTIVITY_SUFFIX, SPOOL_PREFIX, SPOOL_SUFFIX } from '../../../src/protocol/spool';
import { readRecording, recordingsIn } from '../../../src/transport/spool/recording';
import { claimSpool, createSpool, isAlive } from '../../../src/transport/spool/spool';
import { SpoolReader } from '../../../src/transport/spool/spoolReader';
import { Story } from '../../support/events';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-hostile-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const dead = (): number => spawnSync(process.execPath, ['-e', '']).pid;

/** A process that has started, as a file of the spool. */
function started(spool: string, pid = dead()): void {
  const story = new Story(`${pid}-1000`, pid).begin(1000);
  fs.writeFileSync(path.join(spool, `${story.p}${SPOOL_SUFFIX}`), `${JSON.stringify(story.events[0])}\n`);
}

describe('in a spool', () => {
  const secret = (): string => {
    const file = path.join(folder, 'elsewhere');
    fs.writeFileSync(file, `${JSON.stringify(new Story('9-9', 9).begin(9).events[0])}\n`);
    return file;
  };
  const kinds: Record<string, (file: string) => void> = {
    'a pipe': (file) => execFileSync('mkfifo', [file]),
    'a link to a device without end': (file) => fs.symlinkSync('/dev/zero', file),
    'a link to a file elsewhere': (file) => fs.symlinkSync(secret(), file),
    'a link to nothing': (file) => fs.symlinkSync('nowhere', file),
    'a folder': (file) => fs.mkdirSync(file),
  };
  for (const [what, make] of Object.entries(kinds)) {
    it(`${what} is read as one damaged line, and the other files are read`, function () {
      if (process.platform === 'win32') this.skip();
      const spool = path.join(folder, 'spool');
      fs.mkdirSync(spool);
      make(path.join(spool, `1-1${SPOOL_SUFFIX}`));
      make(path.join(spool, `1-2.0${ACTIVITY_SUFFIX}`));
      started(spool);
      const reader = new SpoolReader(spool);
      const { events, damaged } = reader.read();
      assert.deepEqual(
        events.map(({ k }) => k),
        ['process-start'],
      );
      assert.equal(damaged, 2);
      assert.deepEqual(reader.readRest(), { events: [], damaged: 0 }, 'told once');
    });
  }

  it('a file that claims to be very long ends where its first line does not', function () {
    this.timeout(60_000);
    const file = path.join(folder, `1-1${SPOOL_SUFFIX}`);
    started(folder);
    fs.writeFileSync(file, '');
    fs.truncateSync(file, 2 ** 40);
    const { events, damaged } = new SpoolReader(folder).readRest();
    assert.equal(events.length, 1);
    assert.equal(damaged, 1);
  });

  it('very many lines that are no events cost no more than reading them', function () {
    this.timeout(10_000); // to say what is wrong with each would take a minute
    fs.writeFileSync(path.join(folder, `1-1${SPOOL_SUFFIX}`), 'x\n'.repeat(2e6));
    assert.equal(new SpoolReader(folder).read().damaged, 2e6);
  });

  it('a number that is not one of a process is none that lives', () => {
    for (const pid of [0, -1, -process.pid, NaN, Infinity, 1.5, 2 ** 60]) assert.equal(isAlive(pid), false, `${pid}`);
  });
});

describe('a spool that is left over', () => {
  const [spools, recordings] = ['spools', 'recordings'].map((name) => () => path.join(folder, name)) as [
    () => string,
    () => string,
  ];
  const owners: Record<string, string | ((file: string) => void)> = {
    'names no process': JSON.stringify({ pid: 0, title: 'x', startedAt: 1 }),
    'names a group': JSON.stringify({ pid: -1, title: 'x', startedAt: 1 }),
    'has no title': JSON.stringify({ pid: 1, startedAt: 1 }),
    'has a clock that no date has': JSON.stringify({ pid: 1, title: 'x', startedAt: 1e300 }),
    'has no clock': JSON.stringify({ pid: 1, title: 'x' }),
    'is null': 'null',
    'is a list': '[]',
    'is cut off': '{"pid":',
    'is empty': '',
    'is a folder': (file) => fs.mkdirSync(file),
    'is a pipe': (file) => execFileSync('mkfifo', [file]),
  };
  for (const [what, owner] of Object.entries(owners)) {
    it(`is made a recording and removed where the file of its owner ${what}`, function () {
      if (process.platform === 'win32' && typeof owner !== 'string') this.skip();
      const spool = createSpool('Lost', spools());
      const file = path.join(spool, 'owner.json');
      fs.rmSync(file);
      if (typeof owner === 'string') fs.writeFileSync(file, owner);
      else owner(file);
      started(spool);
      recoverSpools(spools(), recordings());
      const made = recordingsIn(recordings());
      assert.equal(made.length, 1);
      assert.equal(readRecording(made[0]!).events[0]?.k, 'process-start');
      assert.equal(fs.existsSync(spool), false);
    });
  }

  it('of a program in a terminal is no nobody’s because its owner cannot be made out', () => {
    const spool = path.join(spools(), `${SPOOL_PREFIX}${dead()}-1`);
    fs.mkdirSync(spool, { recursive: true });
    fs.writeFileSync(path.join(spool, 'owner.json'), 'null');
    started(spool);
    recoverSpools(spools(), recordings());
    assert.equal(recordingsIn(recordings()).length, 1);
    assert.equal(fs.existsSync(spool), false);
  });

  it('is nothing that a link leads to, and nothing that has no owner and another name', () => {
    const elsewhere = path.join(folder, 'elsewhere');
    fs.mkdirSync(elsewhere);
    started(elsewhere);
    fs.writeFileSync(path.join(elsewhere, 'owner.json'), 'null');
    fs.mkdirSync(spools());
    fs.symlinkSync(elsewhere, path.join(spools(), `${SPOOL_PREFIX}link`));
    fs.symlinkSync(elsewhere, path.join(spools(), `${SPOOL_PREFIX}${dead()}-1`));
    for (const name of ['documents', `${SPOOL_PREFIX}papers`]) {
      fs.mkdirSync(path.join(spools(), name));
      started(path.join(spools(), name));
    }
    recoverSpools(spools(), recordings());
    assert.equal(fs.readdirSync(elsewhere).length, 2);
    assert.equal(fs.readdirSync(spools()).length, 4);
    assert.deepEqual(recordingsIn(recordings()), []);
  });

  it('is claimed without writing where a link in it leads to', () => {
    const file = path.join(folder, 'mine');
    fs.writeFileSync(file, 'mine');
    const spool = createSpool('Lost', spools());
    for (const name of ['owner.json', `owner.json.${process.pid}`]) {
      fs.rmSync(path.join(spool, name), { force: true });
      fs.symlinkSync(file, path.join(spool, name));
    }
    claimSpool(spool, 'Found');
    assert.equal(fs.readFileSync(file, 'utf8'), 'mine');
    assert.match(fs.readFileSync(path.join(spool, 'owner.json'), 'utf8'), /"Found"/);
  });
});
