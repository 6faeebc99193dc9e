// Messages that came faster than they were taken. Pure.
import { onOwnLine } from '../shared/ownLine';
import { t } from '../../../common/l10n';
import { PARENT_PORT, portOfWorker, workerOfPort } from '../../../protocol/activity';
import { labelOf } from '../../conclusions/labels';
import { backlogOf } from '../../conclusions/traffic/backlog';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { secondsText } from '../shared/text';
import type { RuledVerdict, Verdict } from '../verdict';

export const messageBacklog: ProcessRule = { id: 'message-backlog', check };

function check({ process }: Evidence): Verdict[] {
  return [...process.threads.values()].flatMap((from) =>
    [...(from.activity?.ports ?? [])].flatMap(([port]) => verdictOn(process, from, port)),
  );
}

/** Backlogs between one of these threads and another, as verdicts on that one. */
export function backlogsWith(process: ProcessFacts, threads: ReadonlySet<ThreadFacts>): RuledVerdict[] {
  return [...threads].flatMap((thread) => {
    const channels = [...(thread.activity?.ends ?? [])].filter(
      ([port]) => port !== PARENT_PORT && workerOfPort(port) === undefined,
    );
    const others = [
      { thread: thread.start?.tid, port: portOfWorker(thread.id) },
      ...channels.map(([, end]) => end),
    ].flatMap(({ thread: id, port }) => {
      const other = id === undefined ? undefined : process.threads.get(id);
      return other && !threads.has(other) && other.activity?.ports.has(port) ? verdictOn(process, other, port) : [];
    });
    const own = [...(thread.activity?.ports.keys() ?? [])].flatMap((port) => verdictOn(process, thread, port));
    return [...own, ...others].map((verdict) => ({
      ...onOwnLine(process, verdict),
      rule: messageBacklog.id,
      thread,
    }));
  });
}

function verdictOn(process: ProcessFacts, from: ThreadFacts, port: number): Verdict[] {
  const end = from.activity!.ends.get(port);
  if (!end) return [];
  const to = process.threads.get(end.thread);
  const posts = from.activity!.ports.get(port)!;
  if (!to?.probed || !to.activity) return [];
  if (to.pauses.length > 0) return []; // they wait for whoever is at the debugger
  const there = to.activity.ports.get(end.port);
  if (there?.polled) return [];
  const backlog = backlogOf(posts.posts, there?.receipts);
  if (!backlog) return [];
  const worker = workerOfPort(port) !== undefined ? to : port === PARENT_PORT ? from : to;
  const text = t(
    'For {2}, messages from “{0}” to “{1}” were posted faster than they were received. At most {3} were waiting.',
    labelOf(from),
    labelOf(to),
    secondsText(backlog.lasted),
    backlog.most,
  );
  return [{ thread: to, t: backlog.t, at: worker.start?.at, text }];
}
