// Recordings to begin with: small ones of programs in test/programs, and what older versions wrote.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { DEFAULT_KEPT_THREADS } from '../../../src/protocol/keptThreads';
import { Random } from '../random';
import { mutated } from './mutate';

const FOLDER = 'test/fuzz/recordings';
/** What was found once, in the fewest lines that failed. */
const FOUND = path.join(FOLDER, 'found');

const filesIn = (folder: string): string[] =>
  fs
    .readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name));

export const foundFiles = (): string[] => filesIn(FOUND);

export const corpusFiles = (): string[] => [
  ...filesIn(path.join(FOLDER, 'corpus')),
  ...filesIn('test/programs/recordings'),
];

export function corpus(): string[][] {
  return corpusFiles().map((file) => fs.readFileSync(file, 'utf8').trimEnd().split('\n'));
}

/** The recording of a seed. */
export function recordingOf(seed: number, recordings: readonly string[][]): Buffer {
  const random = new Random(seed);
  return mutated(random.pick(recordings), recordings, random);
}

/** How many of its threads that ended are to be shown one by one: with few or none, most are summed up. */
export const keptThreadsOf = (seed: number): number => [DEFAULT_KEPT_THREADS, 0, 2][seed % 3]!;
