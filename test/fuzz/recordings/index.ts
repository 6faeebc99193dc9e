// Goes through the recordings of many seeds, for `npm run fuzz` (test/fuzz/fuzz.mjs), which watches over it: what hangs or takes
// more memory than there may be ends this process, and what it was at, or is some seeds before that, stands in the file `at`.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { failureInProcessorTime, failureOf, steps } from './check';
import { corpus, keptThreadsOf, recordingOf } from './corpus';
import { shrunk } from './shrink';

/** For each of what people wait for, in ms of processor time. */
const TOO_LONG = 1000;
const MOST_MEMORY_KIB = 500 * 1024;
const TOO_MUCH_MEMORY_CODE = 9;
const SHRINKING_MS = 60_000;

const [first, count, at, kept, every] = process.argv.slice(2) as [string, string, string, string, string];
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-fuzz-'));
const file = path.join(folder, 'fuzz.lifelines');
process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

const recordings = corpus();
let slowest = { ms: 0, seed: 0 };
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  if ((seed - Number(first)) % Number(every) === 0) fs.writeFileSync(at, String(seed));
  const bytes = recordingOf(seed, recordings);
  const error = failureOf(file, bytes, keptThreadsOf(seed));
  if (longest() > TOO_LONG) failureInProcessorTime(file, bytes, keptThreadsOf(seed));
  const ms = longest();
  if (ms > slowest.ms) slowest = { ms, seed };
  if (error) found(seed, shrunk(bytes, sameFailure(error, seed), Date.now() + SHRINKING_MS), stackOf(error));
  else if (ms > TOO_LONG) found(seed, bytes, `takes long, in ms of processor time: ${stepsText()}`);
  if (process.resourceUsage().maxRSS > MOST_MEMORY_KIB) process.exit(TOO_MUCH_MEMORY_CODE);
}
console.log(`slowest: seed ${slowest.seed}, ${Math.round(slowest.ms)} ms`);

function found(seed: number, bytes: Buffer, what: string): void {
  const name = path.join(kept, `lifelines-fuzz-${seed}.lifelines`);
  fs.writeFileSync(name, bytes);
  console.log(`✖ seed ${seed} (${name}): ${what}`);
}

function longest(): number {
  return Math.max(...steps.map(({ ms }) => ms));
}

function stepsText(): string {
  return steps.map(({ what, ms }) => `${what} ${Math.round(ms)}`).join(', ');
}

function sameFailure(error: unknown, seed: number): (bytes: Buffer) => boolean {
  const kind = kindOf(error);
  return (bytes) => {
    const other = failureOf(file, bytes, keptThreadsOf(seed));
    return other !== undefined && kindOf(other) === kind;
  };
}

function stackOf(error: unknown): string {
  return String((error as Error).stack ?? error).slice(0, 2000);
}

/** Without the text that it is about. */
function kindOf(error: unknown): string {
  return `${(error as Error).name} ${(error as Error).message.slice(0, 40)}`;
}
