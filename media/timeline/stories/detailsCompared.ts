// Two threads beside each other, for the details pane: each fact of the one with that of the other. Pure.
import type { Details, Section } from './details';
import type { Fact, Part } from './facts';

const BETWEEN: Part = { text: ' ↔ ' };
const NOTHING: Part = { text: '–' };

export function comparedDetails(a: Details, b: Details): Details {
  return {
    key: `${a.key} ${b.key}`,
    title: `${a.title} ↔ ${b.title}`,
    subtitle: `${a.subtitle} ↔ ${b.subtitle}`,
    sections: together(a.sections, b.sections, (x, y): Section => ({
      ...(x ?? y)!,
      facts: together(x?.facts ?? [], y?.facts ?? [], (f, g): Fact => ({
        ...(f ?? g)!,
        parts: [...(f?.parts ?? [NOTHING]), BETWEEN, ...(g?.parts ?? [NOTHING])],
      })),
    })),
  };
}

/** The first of an id goes with the first of that id, the second with the second; then what only the other has. */
function together<T extends { id: string }>(
  a: readonly T[],
  b: readonly T[],
  join: (x: T | undefined, y: T | undefined) => T,
): T[] {
  const others = numbered(b);
  const joined = [...numbered(a)].map(([id, one]) => {
    const other = others.get(id);
    others.delete(id);
    return join(one, other);
  });
  return [...joined, ...[...others.values()].map((other) => join(undefined, other))];
}

function numbered<T extends { id: string }>(list: readonly T[]): Map<string, T> {
  const seen = new Map<string, number>();
  return new Map(
    list.map((one) => {
      const count = (seen.get(one.id) ?? 0) + 1;
      seen.set(one.id, count);
      return [`${one.id} ${count}`, one];
    }),
  );
}
