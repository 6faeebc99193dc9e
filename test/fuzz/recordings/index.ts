// Goes through the recordings of many seeds, for `npm run fuzz` (test/fuzz/fuzz.mjs), which watches over it: what hangs or takes
// more memory than there may be ends this process, and what it was at, or is some seeds before that, stands in the file `at`.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { failureOf, longest, measured } from './check';
import { corpus, recordingOf } from './corpus';
import { shrunk } from './shrink';

/** Of processor time, in ms. */
const TOO_LONG = 1000;
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
  const error = failureOf(file, bytes);
  if (longest.ms > TOO_LONG) measured(file, bytes);
  const { what, ms } = longest;
  if (ms > slowest.ms) slowest = { ms, seed };
  if (error) found(seed, shrunk(bytes, sameFailure(error), Date.now() + SHRINKING_MS), stackOf(error));
  else if (ms > TOO_LONG) found(seed, bytes, `${what} took ${Math.round(ms)} ms of processor time`);
}
console.log(`slowest: seed ${slowest.seed}, ${Math.round(slowest.ms)} ms`);

function found(seed: number, bytes: Buffer, what: string): void {
  const name = path.join(kept, `lifelines-fuzz-${seed}.lifelines`);
  fs.writeFileSync(name, bytes);
  console.log(`✖ seed ${seed} (${name}): ${what}`);
}

function sameFailure(error: unknown): (bytes: Buffer) => boolean {
  const kind = kindOf(error);
  return (bytes) => {
    const other = failureOf(file, bytes);
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
