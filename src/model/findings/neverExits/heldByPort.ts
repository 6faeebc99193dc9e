// Ports that are still open, main's or a worker's, and hold the process. Pure.
import { t } from '../../../common/l10n';
import { PARENT_PORT } from '../../../protocol/activity';
import type { Site } from '../../../protocol/probeEvents';
import type { ThreadFacts } from '../../facts/facts';
import type { Held } from '../evidence';
import type { HolderRule } from '../rule';
import { keepsText, startLine, unansweredText } from '../shared/holds';
import type { Verdict } from '../verdict';

/** Only ports of Node’s keep a loop turning. */
export const heldByPort: HolderRule = { id: 'held-by-port', runtimes: ['node'], check };

function check(held: Held): Verdict | undefined {
  const { process, holder, thread, since } = held;
  const { kind, what, because, at } = holder;
  if (kind === 'port' || kind === 'broadcast') {
    if (isOtherEnd(held)) return undefined;
    const text = t('Main is only waiting, but {0} is still open and keeps the process alive.', what);
    return { t: since, at, text };
  }
  const port = thread && onlyPort(thread);
  if (!port) return undefined;
  const text = keepsText(what, because) + unansweredText(process, thread);
  return { thread, t: since, at: port, text, related: startLine(thread) };
}

/** Such a channel is reported once, at the worker: to close either end closes both. */
function isOtherEnd({ workers, holders, holder: { kind, thread } }: Held): boolean {
  if (kind !== 'port' || !thread) return false;
  const other = workers.find((worker) => worker.thread.key === thread);
  return (
    other !== undefined &&
    holders.some((holder) => holder.thread === thread && holder.kind === 'worker') &&
    onlyPort(other.thread) !== undefined
  );
}

/** It does not listen to its owner: a port of its own alone keeps it. */
function onlyPort({ activity }: ThreadFacts): Site | undefined {
  const { ports = [] } = activity?.resources ?? {};
  if (ports.length === 0 || ports.includes(PARENT_PORT)) return undefined;
  return activity!.portSites.get(ports[0]!);
}
