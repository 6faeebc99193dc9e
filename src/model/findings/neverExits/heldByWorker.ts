// Workers that hold a process in which nothing happens any more. Pure.
import { t } from '../../../common/l10n';
import { ownerOf } from '../../conclusions/once';
import { labelOf } from '../../conclusions/labels';
import { isMain, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import type { Held } from '../evidence';
import type { HolderRule } from '../rule';
import { keepsText, startLine, unansweredText } from '../shared/holds';
import type { Verdict } from '../verdict';

export const heldByWorker: HolderRule = { id: 'held-by-worker', check };

function check({ process, holder, thread, pool, since }: Held): Verdict | undefined {
  if (!thread) return undefined;
  const { kind, what, because, at } = holder;
  const who = kind === 'pool' ? what : startedText(what, process, thread);
  return {
    ...(kind === 'pool' ? { pool: pool! } : { thread }),
    t: since,
    at: at ?? pool?.at ?? thread.start?.at,
    text: keepsText(who, because) + unansweredText(process, thread),
    ...(thread.activity?.blocked ? { advice: wakeIt() } : {}),
    related: at ? startLine(thread) : [],
  };
}

const wakeIt = (): string =>
  t(
    'Wake it when there is something to do, and terminate it when its work is done. To call unref() alone has it killed where it waits.',
  );

/** Who, and where that was started. */
function startedText(who: string, process: ProcessFacts, thread: ThreadFacts): string {
  const at = thread.start?.at;
  if (!at) return who;
  const owner = ownerOf(process, thread);
  if (!owner || isMain(owner)) return t('{0}, started at {1},', who, siteText(at));
  return t('{0}, started by “{1}” at {2},', who, labelOf(owner), siteText(at));
}
