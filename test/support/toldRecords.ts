// What the first comment of a program says of the records that the probe writes:
//   # Tells: thread-start name "writer" daemon true at (start)
//   # Never: probe-error
// A place is the line that ends with that mark in a comment; `frames` is about the innermost. `"a|b"` is either.
import * as fs from 'node:fs';
import type { LifecycleEvent } from '../../src/protocol/probeEvents';
import { lineOf } from './runProgram';

export function toldBy(file: string): { told: string[]; never: string[] } {
  const text = fs.readFileSync(file, 'utf8');
  const said = (what: string): string[] =>
    [...text.matchAll(new RegExp(`^# ${what}: (.*)$`, 'gm'))].map(([, one]) => one!);
  return { told: said('Tells'), never: said('Never') };
}

/** The sentences that the records contradict. */
export function wrongIn(events: readonly LifecycleEvent[], file: string, told: string[], never: string[]): string[] {
  const isThere = (sentence: string): boolean => events.some((event) => fits(event, sentence, file));
  return [
    ...told.filter((sentence) => !isThere(sentence)),
    ...never.filter(isThere).map((sentence) => `never ${sentence}: ${first(events, sentence, file)}`),
  ];
}

const first = (events: readonly LifecycleEvent[], sentence: string, file: string): string =>
  JSON.stringify(events.find((event) => fits(event, sentence, file)));

function fits(event: LifecycleEvent, sentence: string, file: string): boolean {
  const [k, ...words] = sentence.match(/"[^"]*"|\S+/g)!;
  if (event.k !== k) return false;
  const fields = event as unknown as Record<string, unknown>;
  for (let i = 0; i < words.length; i += 2) if (!isValue(fields[words[i]!], words[i + 1]!, file)) return false;
  return true;
}

function isValue(value: unknown, word: string, file: string): boolean {
  if (word.startsWith('(')) {
    const place = (Array.isArray(value) ? (value as unknown[])[0] : value) as
      { file: string; line: number } | undefined;
    return place?.file === file && place.line === lineOf(file, `# ${word}`);
  }
  if (word.startsWith('"')) return word.slice(1, -1).split('|').includes(String(value));
  return String(value) === word;
}
