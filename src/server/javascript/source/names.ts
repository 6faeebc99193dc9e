// Which declaration each name of a module means. Pure.
import type ts from 'typescript';
import { addTo, meaningIn, refer, type Binding, type Unit } from './unit';

export class Names {
  /** Bindings of the names that are visible in the whole module, by each of their uses. */
  private readonly found = new Map<ts.Identifier, Binding>();

  constructor(statements: readonly Unit[]) {
    const names = new Map<string, Binding>();
    for (const { declared } of statements) for (const one of declared) this.found.set(one.id, addTo(names, one));
    for (const { outer } of statements) {
      for (const id of outer) {
        const binding = names.get(id.text);
        if (!binding) continue;
        this.found.set(id, binding);
        refer(binding, id);
      }
    }
  }

  of(id: ts.Identifier): Binding | undefined {
    return this.found.get(id) ?? meaningIn(id);
  }
}
