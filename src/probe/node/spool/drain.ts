// Copies what is new in rings to the spool, by whichever thread gets round to it.
import { RECORD_WORDS } from '../../../protocol/activity';
import { SLOT } from '../memory/slot';
import type { Slot } from '../memory/arena';
import { bufferFrom, compareExchange, load, store, textOfBuffer, uncurried } from '../tools/builtins';
import type { Spool } from './spool';

const RECORD_BYTES = RECORD_WORDS * 4;
const textOf = uncurried(textOfBuffer);

/**
 * Does nothing when another thread is at it, unless `forced`: that one may be dead, or about to be killed before it has
 * told. What is then told twice is known by its numbers. Never throws.
 */
export function drain(slot: Slot, spool: Spool, forced = false): void {
  const { words } = slot;
  if (compareExchange(words, SLOT.lock, 0, 1) !== 0 && !forced) return;
  try {
    drainLocked(slot, spool);
  } catch (error) {
    spool.problem('drain', error);
  } finally {
    store(words, SLOT.lock, 0);
  }
}

function drainLocked(slot: Slot, spool: Spool): void {
  const { words } = slot;
  const head = load(words, SLOT.head);
  const count = (head - load(words, SLOT.tail)) >>> 0;
  if (count === 0) return;
  // The writer may be about to overwrite the oldest, so one is left out.
  const most = slot.records.length / RECORD_WORDS - 1;
  const kept = count < most ? count : most;
  const copy = copied(slot, head - kept, kept);
  const writtenMeanwhile = (load(words, SLOT.head) - head) >>> 0;
  const overwritten = kept + writtenMeanwhile - most;
  const skip = overwritten > 0 ? overwritten : 0;
  if (skip < kept) {
    const encoded = textOf(bufferFrom(copy.buffer, skip * RECORD_BYTES, (kept - skip) * RECORD_BYTES), 'base64');
    spool.tellActivity(load(words, SLOT.thread), slot.base, (head - kept + skip) >>> 0, encoded);
  }
  store(words, SLOT.tail, head); // not before they are told: this thread may be killed on the way
}

/** Records from number `first` on. */
function copied({ records }: Slot, first: number, count: number): Uint32Array {
  const copy = new Uint32Array(count * RECORD_WORDS);
  const last = records.length / RECORD_WORDS - 1;
  for (let n = 0; n < count; n++) {
    const from = ((first + n) & last) * RECORD_WORDS;
    const to = n * RECORD_WORDS;
    for (let i = 0; i < RECORD_WORDS; i++) copy[to + i] = records[from + i]!;
  }
  return copy;
}
