// Whatever is in a recording, it is read, told of and asked about. FUZZ_SEED=<first seed> and FUZZ_RECORDINGS=<how many> say
// which are tried here; `npm run fuzz` tries a million, and looks at their time and memory too.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Random } from '../random';
import { checkRecording, failureOf } from './check';
import { corpus, corpusFiles, foundFiles, keptThreadsOf, recordingOf } from './corpus';
import { shrunk } from './shrink';

const FIRST_SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const COUNT = Number(process.env['FUZZ_RECORDINGS'] ?? 2000);
const MS_EACH = 100;
const SHRINKING_MS = 60_000;
/** Whatever was found was found with one of these. */
const KEPT = [0, 1, 2].map(keptThreadsOf);

let folder: string;
before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-'))));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('a recording that went wrong', () => {
  it('is read without an error, as those are that are right', () => {
    for (const file of corpusFiles())
      for (const keepThreads of KEPT) assert.ok(checkRecording(file, keepThreads), file);
  });

  for (const file of foundFiles())
    it(`does no harm any more: ${path.basename(file, '.lifelines')}`, () => {
      for (const keepThreads of KEPT) checkRecording(file, keepThreads);
    });

  it('does no harm, whatever changed in it', function () {
    this.timeout(COUNT * MS_EACH + SHRINKING_MS);
    const recordings = corpus();
    const file = path.join(folder, 'fuzz.lifelines');
    for (let seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
      const bytes = recordingOf(seed, recordings);
      const error = failureOf(file, bytes, keptThreadsOf(seed));
      if (error) fail(file, seed, bytes, error);
    }
  });

  it('is the same for the same seed', () => {
    const recordings = corpus();
    for (let seed = 1; seed < 20; seed++)
      assert.ok(recordingOf(seed, recordings).equals(recordingOf(seed, recordings)), String(seed));
    assert.notDeepEqual(recordingOf(1, recordings), recordingOf(2, recordings));
    assert.equal(new Random(1).next(), new Random(1).next());
  });

  it('is made smaller as long as it fails', () => {
    const lines = Array.from({ length: 100 }, (_, i) => `line ${i}`);
    const fails = (bytes: Buffer): boolean => /line 17\n[^]*line 83\b/.test(bytes.toString());
    assert.equal(shrunk(Buffer.from(lines.join('\n')), fails, Infinity).toString(), 'line 17\nline 83');
  });
});

/** With the fewest lines that fail too. */
function fail(file: string, seed: number, bytes: Buffer, error: unknown): never {
  const fails = (fewer: Buffer): boolean => failureOf(file, fewer, keptThreadsOf(seed)) !== undefined;
  const kept = path.join(process.env['TEST_KEPT'] ?? os.tmpdir(), `lifelines-fuzz-${seed}.lifelines`);
  fs.writeFileSync(kept, shrunk(bytes, fails, Date.now() + SHRINKING_MS));
  throw new Error(`seed ${seed} (${kept}): ${String((error as Error)?.stack ?? error)}`, { cause: error });
}
