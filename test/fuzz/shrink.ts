// Looks for a smaller plan that fails as well: steps are left out as long as it still does.
import { isPossible } from './generate';
import type { Action, Plan, Step } from './plan';

export async function shrunk(plan: Plan, fails: (plan: Plan) => Promise<boolean>, deadline: number): Promise<Plan> {
  let smallest = plan;
  for (let i = plan.steps.length - 1; i >= 0 && Date.now() < deadline; i--) {
    const smaller = without(smallest, i);
    if (isPossible(smaller) && (await fails(smaller))) {
      smallest = smaller;
      i = Math.min(i, smallest.steps.length); // what fell with it may have stood before
    }
  }
  return smallest;
}

/** Without one step, and without all that the workers do, or that is done to them, which it would have started. */
function without({ seed, steps }: Plan, index: number): Plan {
  const gone = namesStartedBy(steps[index]!.action);
  const rest = steps.filter((_, i) => i !== index).filter((step) => !mentions(step, gone));
  return { seed, steps: rest };
}

function namesStartedBy(action: Action): string[] {
  if (action.do === 'crowd') return action.workers.map(({ name }) => name);
  return 'name' in action ? [action.name] : [];
}

function mentions({ path, action }: Step, names: string[]): boolean {
  const others = Object.values(action).flat() as unknown[];
  const named = others.map((value) =>
    typeof value === 'object' ? (value as { child?: string } | null)?.child : value,
  );
  return names.some((name) => path.includes(name) || named.includes(name));
}
