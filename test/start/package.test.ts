// The VSIX, as it is installed: only what runs, and all of it.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { nodeForVSCode } from '../support/nodes.mjs';
import { installVSCode } from '../support/vscodeServer.mjs';

const LARGEST_BYTES = 3 * 1024 * 1024;
const EXPECTED = [
  'CHANGELOG.md',
  'LICENSE.txt',
  'README.md',
  'package.json',
  'package.nls.json',
  'package.nls.de.json',
  ...[
    'adapter.js',
    'cli.js',
    'client.js',
    'extension.js',
    'follower.js',
    'licenses.txt',
    'server.js',
    'timeline.css',
    'timeline.js',
    'tracks.js',
  ].map((file) => `dist/${file}`),
  ...[
    'probe.js',
    'probe.base.js',
    'probe.looking.js',
    'probe.owner.js',
    'probe.threads.js',
    'probe.unsupported.js',
    'codicon.ttf',
  ].map((file) => `dist/${file}`),
  ...[
    'attached.py',
    'debugged.py',
    'last.py',
    'looptasks.py',
    'places.py',
    'sitecustomize.py',
    'start.py',
    'starts.py',
    'threads.py',
  ].map((file) => `dist/python/${file}`),
  'media/l10n/bundle.l10n.de.json',
];
const ALSO =
  /^(docs\/(rules\/|pictures\/)?[\w-]+\.(md|png)|media\/icons\/(icon|mark)[\w-]*\.(svg|png)|test\/programs\/(node|python)\/demo\/.+|\.vsixmanifest)$/;

describe('npm run package', () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-package-'))));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('makes a VSIX that VS Code installs, with only what runs', async function () {
    this.timeout(300_000); // vsce, and the first time VS Code, are fetched
    const vsix = path.join(folder, 'thread-lifelines.vsix');
    const made = spawnSync('npm', ['run', 'package', '--', '--out', vsix], { encoding: 'utf8', input: '' });
    assert.equal(made.status, 0, made.stdout + made.stderr);
    assert.ok(fs.statSync(vsix).size <= LARGEST_BYTES);

    const extensions = path.join(folder, 'extensions');
    const server = path.join(await installVSCode(), 'lib', 'vscode', 'out', 'server-main.js');
    const flags = ['--install-extension', vsix, '--extensions-dir', extensions, '--server-data-dir', folder];
    await promisify(execFile)(await nodeForVSCode(), [server, ...flags, '--accept-server-license-terms']);

    const [installed] = fs.readdirSync(extensions).filter((name) => name.startsWith('thread-lifelines.'));
    const root = path.join(extensions, installed!);
    const files = fs
      .readdirSync(root, { recursive: true })
      .map(String)
      .filter((file) => fs.statSync(path.join(root, file)).isFile());
    const lower = files.map((file) => file.toLowerCase());
    assert.deepEqual(
      EXPECTED.filter((file) => !lower.includes(file.toLowerCase())),
      [],
      'all that runs is there',
    );
    assert.deepEqual(
      files.filter((file) => !EXPECTED.some((e) => e.toLowerCase() === file.toLowerCase()) && !ALSO.test(file)),
      [],
      'and nothing else',
    );

    const page = fs.readFileSync(
      path.join(
        root,
        files.find((file) => /^readme\.md$/i.test(file))!,
      ),
      'utf8',
    );
    const [links, pictures] = [/(?<!!)\[[^\]]*\]\(([^)]+)\)/g, /!\[[^\]]*\]\(([^)]{0,40})/g].map((all) =>
      [...page.matchAll(all)].map(([, target]) => target!),
    ) as [string[], string[]];
    assert.deepEqual(
      links.filter((target) => !/^(https:|#)/.test(target)),
      [],
      'its page leads nowhere that is not there',
    );
    assert.ok(pictures.length > 0 && pictures.every((target) => target.startsWith('data:image/png;base64,')));
    assert.doesNotMatch(page, /npm start|npm test|clone/);
  });
});
