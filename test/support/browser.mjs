// Runs in the tests' and `npm start`'s own process: built-ins only. Finds a Chromium, or gets one from npm.
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { installed, unpackArchive, unpackPackage } from './downloads.mjs';

/** Made for small servers, so it brings its own libraries and one font; Linux on x64 only. */
const CHROMIUM = '@sparticuz/chromium@153.0.0';

/** For pages from this machine alone: no sandbox (there is none for root), and nothing that calls home. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** Fonts: the one that comes with the browser, and those of this machine. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** @typedef {{ executablePath: string, env: Record<string, string>, args: string[] }} Browser */

/**
 * What to hand to playwright-core's `chromium.launch`.
 * @returns {Promise<Browser>}
 */
export async function browserExecutable() {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (!fs.existsSync(chosen)) throw new Error(`CHROME_PATH is ${chosen}, and there is no such file.`);
    return browser(chosen);
  }
  if (process.platform === 'linux' && process.arch === 'x64') return downloaded();
  const found = usualPaths().find((file) => fs.existsSync(file));
  if (!found) {
    throw new Error('No Chrome or Chromium was found. Install one, or set CHROME_PATH to the path of its executable.');
  }
  return browser(found);
}

/** @param {string} executablePath @param {Record<string, string>} [more] @returns {Browser} */
function browser(executablePath, more = {}) {
  const own = /** @type {Record<string, string>} */ ({ ...process.env });
  return { executablePath, env: { ...own, ...more }, args: ARGS };
}

async function downloaded() {
  const folder = await installed('chromium-153.0.0', async (draft) => {
    await unpackPackage(CHROMIUM, draft, ['bin']);
    for (const archive of ['al2023', 'fonts', 'swiftshader']) {
      await decompress(path.join(draft, 'bin', `${archive}.tar.br`), path.join(draft, `${archive}.tar`));
      await unpackArchive(`${archive}.tar`, draft);
      fs.rmSync(path.join(draft, `${archive}.tar`));
    }
    fs.writeFileSync(path.join(draft, 'fonts.conf'), FONTS);
    await decompress(path.join(draft, 'bin', 'chromium.br'), path.join(draft, 'chromium'));
    fs.chmodSync(path.join(draft, 'chromium'), 0o755);
    fs.rmSync(path.join(draft, 'bin'), { recursive: true });
  });
  return browser(path.join(folder, 'chromium'), {
    LD_LIBRARY_PATH: path.join(folder, 'lib'),
    FONTCONFIG_PATH: folder,
  });
}

/** @param {string} from @param {string} to */
async function decompress(from, to) {
  fs.writeFileSync(to, await promisify(brotliDecompress)(fs.readFileSync(from)));
}

function usualPaths() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
    );
  }
  if (process.platform === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
      const folder = process.env[name] ?? '';
      return ['Google/Chrome', 'Microsoft/Edge'].map((app) =>
        path.join(folder, app, 'Application', app.startsWith('G') ? 'chrome.exe' : 'msedge.exe'),
      );
    });
  }
  const names = ['google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];
  return (process.env['PATH'] ?? '').split(':').flatMap((folder) => names.map((name) => path.join(folder, name)));
}
