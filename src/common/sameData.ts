// Whether two pieces of plain data say the same. Pure.

/** @param except names of parts that need not be the same; of `a` and `b` themselves, not of what is in them */
export function isSameData(a: unknown, b: unknown, ...except: string[]): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key in one) if (!isSameData(one[key], other[key]) && !except.includes(key)) return false;
  for (const key in other) if (!(key in one) && other[key] !== undefined && !except.includes(key)) return false;
  return true;
}
