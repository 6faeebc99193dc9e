// Conclusions that many others rest on, drawn once of the facts as they are, and again when any of them has changed. Pure.
import { writtenLanguage } from '../../common/l10n';
import type { ProcessFacts, ThreadFacts } from '../facts/facts';

/** Of a process as a whole. */
export function once<T>(conclude: (process: ProcessFacts) => T): (process: ProcessFacts) => T {
  const drawn = new WeakMap<ProcessFacts, { revision: number; language: string; value: T }>();
  return (process) => {
    const { revision } = process;
    const language = writtenLanguage(); // some of them are sentences
    let known = drawn.get(process);
    if (known?.revision !== revision || known.language !== language)
      drawn.set(process, (known = { revision, language, value: conclude(process) }));
    return known.value;
  };
}

export function ownerOf(process: ProcessFacts, thread: ThreadFacts): ThreadFacts | undefined {
  return thread.start && process.threads.get(thread.start.tid);
}

/**
 * Of a thread, by what is concluded of its owner: of the topmost owner first, as owners may be nested deeper than a stack
 * allows. A circle of owners, which no runtime has, ends where it began, as if nothing were known of that owner.
 */
export function downOwners<T>(
  conclude: (process: ProcessFacts, thread: ThreadFacts, owner: ThreadFacts | undefined, ofOwner: T | undefined) => T,
): (process: ProcessFacts, thread: ThreadFacts) => T {
  const drawn = once(() => new Map<ThreadFacts, T>());
  return (process, thread) => {
    const known = drawn(process);
    if (known.has(thread)) return known.get(thread)!;
    const path = new Set<ThreadFacts>();
    let next: ThreadFacts | undefined = thread;
    for (; next && !known.has(next) && !path.has(next); next = ownerOf(process, next)) path.add(next);
    for (const one of [...path].reverse()) {
      const owner = ownerOf(process, one);
      const isKnown = owner && known.has(owner);
      known.set(one, conclude(process, one, isKnown ? owner : undefined, isKnown ? known.get(owner) : undefined));
    }
    return known.get(thread)!;
  };
}
