// Quick fixes mend: each program in test/programs/repairs is run as it is, and as a fix has left it. Its first comment says
// what is changed, and what then is printed or written to out.log; near it are programs that no change of ours would mend.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { edited, LspClient, uriOf } from '../support/lspClient';

const PROGRAMS = path.resolve('test/programs/repairs');
const HEAD = /^(?:\/\/|#) (.+)\.\n(?:\/\/|#) Change: ([\w-]+) in ([\w.]+): (.+)\.\n(?:(?:\/\/|#) After: (.+)\n)?/;
/** One that hangs; any other ends in a part of it. */
const HANGS_AFTER_MS = 8000;

interface Repair {
  name: string;
  title: string;
  rule: string;
  file: string;
  /** Title of the fix. */
  change: string;
  after: string | undefined;
}

function repairOf(name: string): Repair {
  const texts = fs.readdirSync(path.join(PROGRAMS, name)).map((file) => textOf(path.join(PROGRAMS, name, file)));
  const found = texts.flatMap((text) => HEAD.exec(text) ?? []);
  assert.ok(found.length > 0, `${name} does not say what is changed`);
  const [, title, rule, file, change, after] = found as [string, string, string, string, string, string | undefined];
  return { name, title, rule, file, change, after };
}

const textOf = (file: string): string => fs.readFileSync(file, 'utf8');

/** `exit code 0, and "what it printed and wrote"`. */
function outcomeOf(folder: string): string {
  fs.rmSync(path.join(folder, 'out.log'), { force: true });
  const [main] = fs.readdirSync(folder).filter((file) => file.startsWith('main.'));
  const options = { cwd: folder, encoding: 'utf8', timeout: HANGS_AFTER_MS, killSignal: 'SIGKILL' } as const;
  const { status, stdout } = spawnSync(main!.endsWith('.py') ? 'python3' : process.execPath, [main!], options);
  const log = path.join(folder, 'out.log');
  const written = fs.existsSync(log) ? textOf(log) : '';
  return status === null ? 'hangs' : `exit code ${status}, and ${JSON.stringify(stdout + written)}`;
}

describe('quick fixes', () => {
  let folder: string;
  let client: LspClient;
  before(async () => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-repairs-')));
    fs.cpSync(PROGRAMS, folder, { recursive: true });
    client = await LspClient.start({ roots: [folder] });
    await client.until(() => client.done.length > 0);
  });
  after(async () => {
    assert.equal(await client.close(), 0);
    fs.rmSync(folder, { recursive: true, force: true });
  });

  for (const { name, title, rule, file, change, after } of fs.readdirSync(PROGRAMS).map(repairOf)) {
    const place = (): string => path.join(folder, name, file);
    const fixFor = async () => {
      const diagnostics = (await client.diagnose(place())).filter(({ code }) => code === rule);
      assert.equal(diagnostics.length, 1, rule);
      const actions = await client.actions(place(), diagnostics);
      return actions.find(({ isPreferred }) => isPreferred);
    };

    if (after === undefined) it(`offer none: ${title} (${rule})`, async () => assert.equal(await fixFor(), undefined));
    else
      it(`mend: ${title} (${rule}: ${change})`, async () => {
        const fix = await fixFor();
        assert.equal(fix?.title, change);
        const before = outcomeOf(path.join(folder, name));
        assert.notEqual(before, after, 'it goes wrong as it is');
        const text = edited(textOf(place()), fix.edit!.changes![uriOf(place())]!);
        fs.writeFileSync(place(), text);
        assert.equal(outcomeOf(path.join(folder, name)), after, `${before} before\n${text}`);
        await client.open(place(), text);
        assert.deepEqual(await client.brief(place()), []);
      });
  }

  it('mend the gravest rules that the source shows', () => {
    const mended = fs
      .readdirSync(PROGRAMS)
      .map(repairOf)
      .flatMap((one) => (one.after === undefined ? [] : one.rule));
    assert.deepEqual([...new Set(mended)].sort(), [
      'busy-wait',
      'cut-off-while-writing',
      'daemon-set-too-late',
      'exit-with-live-workers',
      'held-by-port',
      'held-by-thread',
      'held-by-worker',
      'inherited-daemon',
      'join-timed-out',
      'lost-with-owner',
      'queue-listener-not-stopped',
      'ran-in-caller',
      'terminate-after-post',
      'thread-failed',
      'unanswered-request',
      'unhandled-worker-error',
      'unread-messages',
    ]);
  });
});
