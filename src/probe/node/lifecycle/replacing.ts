// Where the program has its process go on with another program. Nothing is emitted, and no code of this one's runs afterwards.
import { callSite } from '../tools/callSite';
import { replaceMethod } from '../tools/replace';
import type { Spool } from '../spool/spool';

/** Does nothing on a Node that cannot do that. */
export function observeReplacing(spool: Spool): void {
  replaceMethod(process, 'execve', () => {
    try {
      const at = callSite();
      if (at) spool.tell('replacing', { at });
    } catch (error) {
      spool.problem('execve', error);
    }
  });
}
