// What `npm test -- [PART...] [--only WORDS]` asks for.

/**
 * @param {string[]} args
 * @param {readonly string[]} known the parts, in the order in which they run
 * @returns {{ parts: readonly string[], only: string | undefined }} all parts when none is named; `only`: words that the
 * full name of a test must contain to be run
 */
export function wanted(args, known) {
  const at = args.indexOf('--only');
  const only = at < 0 ? undefined : args[at + 1];
  const named = at < 0 ? args : [...args.slice(0, at), ...args.slice(at + 2)];
  const unknown = named.filter((part) => !known.includes(part));
  if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(', ')}; the parts are ${known.join(', ')}`);
  if (at >= 0 && !only) throw new Error('--only needs words from the name of a test');
  if (only && named.length === 0) throw new Error('--only needs a part: npm test -- PART --only WORDS');
  return { parts: named.length > 0 ? known.filter((part) => named.includes(part)) : known, only };
}
