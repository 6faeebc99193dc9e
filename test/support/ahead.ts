// Runs of programs that begin before they are asked for: most programs wait most of the time.

/** Who asks for one has the next `atOnce - 1` begin as well. */
export function ahead<P, T>(atOnce: number, programs: P[], run: (program: P) => Promise<T>): (n: number) => Promise<T> {
  const runs: Promise<T>[] = [];
  const begin = (n: number): Promise<T> => {
    const begun = run(programs[n]!);
    begun.catch(() => undefined); // it is told where it is asked for
    return begun;
  };
  return (n) => {
    for (let next = n; next < n + atOnce && next < programs.length; next++) runs[next] ??= begin(next);
    return runs[n]!;
  };
}
