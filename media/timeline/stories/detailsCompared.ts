// Two threads beside each other, for the details pane: each fact of the one with that of the other. Pure.
import { t } from '../../../src/common/l10n';
import type { Details, Fact, Part, Section } from './details';

const BETWEEN: Part = { text: ' ↔ ' };
const NOTHING: Part = { text: '–' };

export function comparedDetails(a: Details, b: Details): Details {
  return {
    key: `${a.key} ${b.key}`,
    title: `${a.title} ↔ ${b.title}`,
    subtitle: `${a.subtitle} ↔ ${b.subtitle}`,
    sections: together(
      a.sections,
      b.sections,
      ({ id }) => id,
      (x, y) => ({
        ...(x ?? y)!,
        facts: together(x?.facts ?? [], y?.facts ?? [], nameOf, (f, g): Fact => ({
          name: (f ?? g)!.name,
          parts: [...(f?.parts ?? [NOTHING]), BETWEEN, ...(g?.parts ?? [NOTHING])],
        })),
      }),
    ),
  };
}

/** How long it has lived and how long it lived are one fact. */
function nameOf({ name }: Fact, place: number): string {
  if (name === t('Lives for')) return t('Lived');
  return name === '' ? `${place}` : name;
}

function together<T extends Fact | Section>(
  a: readonly T[],
  b: readonly T[],
  idOf: (one: T, place: number) => string,
  join: (x: T | undefined, y: T | undefined) => T,
): T[] {
  const others = new Map(b.map((one, i) => [idOf(one, i), one]));
  const joined = a.map((one, i) => {
    const id = idOf(one, i);
    const other = others.get(id);
    others.delete(id);
    return join(one, other);
  });
  return [...joined, ...[...others.values()].map((other) => join(undefined, other))];
}
