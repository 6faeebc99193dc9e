// What the rules of a language find in a source. Pure.
import type { Finding } from './language';

/** Sorted by position; a rule has at most one finding at a position. */
export function findingsOf<T>(checks: readonly ((context: T) => Iterable<Finding>)[], context: T): Finding[] {
  const findings = new Map<string, Finding>();
  for (const check of checks) {
    for (const found of check(context)) {
      const key = `${found.rule} ${found.span.start}`;
      if (!findings.has(key)) findings.set(key, found);
    }
  }
  return [...findings.values()].sort((a, b) => a.span.start - b.span.start || a.rule.localeCompare(b.rule));
}
