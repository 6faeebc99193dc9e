// `npm run bench -- threads [--most N]`: what a session costs that starts thread after thread, as a service does that starts
// one for each request: as a recording that is reported and opened, and live, as the adapter follows it. Most of what the
// threads did is summed up by then, so that memory must not grow with their number.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installDependencies, ROOT } from '../support/prepare.mjs';
import { bundled, bytesInUse } from './bundled.mjs';
import { row } from './figures.mjs';
import { threadEvents, writeThreads } from './threadStream.mjs';

const COUNTS = [10_000, 100_000, 1_000_000];
const KEPT = 5000;
/** design.md, §7. */
const MOST_AGAIN_S = 2;
/** As in `src/adapter/run.ts`: µs between two deltas, and more while they would take more than this share of the time. */
const DELTA_EVERY = 40_000;
const DELTA_SHARE = 0.1;

const at = process.argv.indexOf('--most');
const most = at < 0 ? Infinity : Number(process.argv[at + 1]);

await installDependencies();
const SOURCES = ['src/model/facts/facts.ts', 'src/model/condense.ts', 'src/model/picture.ts', 'src/model/trackLog.ts'];
const { emptyModel, fold, noChanges, Condenser, deltaOf, TrackLog } = bundled(...SOURCES);

/** Leaves the most memory that its process ever took, in KiB, in the file of that name. */
const TELL_MEMORY = `process.on('exit', () => require('fs').writeFileSync(process.env.PEAK, String(process.resourceUsage().maxRSS)))`;

/** @param {string[]} args @param {string} folder */
async function measured(args, folder) {
  const tell = path.join(folder, 'tell.cjs');
  const peak = path.join(folder, 'peak');
  fs.writeFileSync(tell, TELL_MEMORY);
  const started = performance.now();
  const cli = path.join(ROOT, 'dist', 'cli.js');
  const env = { ...process.env, PEAK: peak };
  const child = spawn(process.execPath, ['-r', tell, cli, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let bytes = 0;
  child.stdout.on('data', (/** @type {Buffer} */ chunk) => (bytes += chunk.length));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`cli.js ${args.join(' ')} ended with exit code ${code}`);
  return { seconds: (performance.now() - started) / 1000, mib: Number(fs.readFileSync(peak, 'utf8')) / 1024, bytes };
}

/**
 * As the adapter does it, with a delta and what threads did as often as it would send them while the program runs.
 * @param {number} count
 */
function followed(count) {
  const model = emptyModel(true);
  const log = new TrackLog(model);
  const condenser = new Condenser(model, KEPT);
  let changes = noChanges();
  let [events, sent, deltas, next, longest] = [0, 0, 0, 0, 0];
  const started = performance.now();
  const around = { title: 'bench', now: 0, damaged: 0, complete: false, notices: [] };
  for (const batch of threadEvents(count)) {
    for (const event of batch) fold(model, event, changes);
    events += batch.length;
    const { t } = /** @type {{ t: number }} */ (batch.at(-1));
    condenser.run(t, changes);
    if (t < next) continue;
    const before = performance.now();
    log.forget(changes.removed);
    log.take(changes.threads, t);
    sent += JSON.stringify(deltaOf(model, changes, 0, { ...around, now: t })).length;
    changes = noChanges();
    const took = performance.now() - before;
    longest = Math.max(longest, took);
    deltas++;
    next = t + Math.max(DELTA_EVERY, (took * 1000) / DELTA_SHARE);
  }
  const seconds = (performance.now() - started) / 1000;
  return {
    rate: events / seconds,
    threads: count / seconds,
    delta: sent / deltas,
    longest,
    bytes: bytesInUse(),
    model,
  };
}

row([
  'threads',
  'recording',
  'report',
  'peak',
  'opened',
  'peak',
  'again',
  'peak',
  'live',
  'a delta',
  'longest',
  'memory',
]);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-threads-'));
try {
  for (const count of COUNTS.filter((one) => one <= most)) {
    const file = path.join(folder, 'many.lifelines');
    writeThreads(file, count);
    const report = await measured(['report', file], folder);
    // As an editor opens it, for the first time and again.
    const opening = ['report', file, '--snapshot', '--kept', path.join(folder, 'kept')];
    const opened = await measured(opening, folder);
    const again = await measured(opening, folder);
    const before = bytesInUse();
    const live = followed(count);
    row([
      String(count),
      `${(fs.statSync(file).size / 2 ** 20).toFixed(0)} MiB`,
      `${report.seconds.toFixed(1)} s`,
      `${report.mib.toFixed(0)} MiB`,
      `${opened.seconds.toFixed(1)} s`,
      `${opened.mib.toFixed(0)} MiB`,
      `${again.seconds.toFixed(1)} s ${again.seconds <= MOST_AGAIN_S ? 'within' : 'MISSES'} ${MOST_AGAIN_S}`,
      `${again.mib.toFixed(0)} MiB`,
      `${(live.threads / 1000).toFixed(1)} k/s`,
      `${(live.delta / 1024).toFixed(0)} KiB`,
      `${live.longest.toFixed(0)} ms`,
      `${((live.bytes - before) / 2 ** 20).toFixed(0)} MiB`,
    ]);
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
