// `npm run package [-- ARGUMENTS OF VSCE]`: the release build, and the VSIX of it.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { extensionPage } from './extensionPage.mjs';
import { ROOT, build } from './prepare.mjs';

const PAGE = path.join('dist', 'extensionPage.md');
const VSCE = ['exec', '--yes', '--', '@vscode/vsce@3.9.2', 'package', '--no-dependencies'];
/** Links of the page are as they must be; there is no repository to make others of them. */
const FLAGS = ['--allow-missing-repository', '--no-rewrite-relative-links', '--readme-path', PAGE];

build('--release');
const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const base64Of = (/** @type {string} */ file) => fs.readFileSync(path.join(ROOT, file), 'base64');
fs.writeFileSync(path.join(ROOT, PAGE), extensionPage(readme, base64Of));
const made = spawnSync('npm', [...VSCE, ...FLAGS, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
fs.rmSync(path.join(ROOT, PAGE));
process.exitCode = made.status ?? 1;
