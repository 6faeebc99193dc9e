// What happens to a worker when main finishes, as far as the module shows. Pure.
import type { Fate } from '../../language';
import { calls, listensTo } from './order';
import type { Start } from './starts';

export function fateOf({ uses, escapes }: Start): Fate {
  const last = uses.filter((use) => calls(use, 'ref', 'unref')).at(-1);
  if (!last) return escapes ? 'unknown' : 'keeps-alive';
  if (uses.some((use) => calls(use, 'ref'))) return 'unknown';
  const later = uses.slice(uses.indexOf(last) + 1);
  return later.some((use) => listensTo(use, 'message')) ? 'unknown' : 'daemon';
}
