// Threads that wait for each other, so that the process never ends. Pure.
import { t } from '../../../common/l10n';
import type { Finding } from '../../../protocol/picture';
import { waitSite } from '../../conclusions/callLines';
import type { Deadlock } from '../../conclusions/deadlock';
import { endingOf } from '../../conclusions/endings';
import { labelOf } from '../../conclusions/labels';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import { runtimeOf } from '../../runtimes/runtimes';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { startLine } from '../shared/holds';
import { secondsText } from '../shared/text';
import { lines, type Verdict } from '../verdict';

export const deadlock: ProcessRule = { id: 'deadlock', check };

/** Of each kind; more would not be read. */
const MOST_NAMED = 3;

function check({ process, alive, deadlock: found }: Evidence): Verdict[] {
  if (!alive || !found) return [];
  const [first, ...others] = found.waiting;
  const { blocked } = first!.activity!;
  const at = waitSite(first!.activity!);
  return [
    {
      thread: first!,
      t: blocked!.since,
      at: at ?? first!.start?.at,
      text: [firstText(first!, alive.t - blocked!.since), ...otherTexts(process, found)].join(' '),
      related: [...others.slice(0, MOST_NAMED).flatMap(waitLine), ...startLine(first!)],
    },
  ];
}

const firstText = (thread: ThreadFacts, time: number): string =>
  t('“{0}” has waited in {1} for {2}, and nothing can wake it.', labelOf(thread), callText(thread), secondsText(time));

function otherTexts(process: ProcessFacts, { waiting: [, ...waiting], listening, gone }: Deadlock): string[] {
  const all = [
    ...waiting.map((thread) => t('“{0}” waits in {1} itself.', labelOf(thread), callText(thread))),
    ...listening.map(({ thread, from }) =>
      from
        ? t('“{0}” waits for messages, and “{1}” can send none meanwhile.', labelOf(thread), labelOf(from))
        : t('“{0}” only waits for messages.', labelOf(thread)),
    ),
  ];
  if (all.length > 0) return all.slice(0, MOST_NAMED);
  const ended = gone.slice(-MOST_NAMED).flatMap((thread) => {
    const ending = endingOf(process, thread);
    return ending ? [t('“{0}”, which it had started, has ended: {1}.', labelOf(thread), ending.because)] : [];
  });
  return ended.length > 0 ? ended : [t('There is no other thread.')];
}

function callText(thread: ThreadFacts): string {
  const at = waitSite(thread.activity!);
  const { name } = runtimeOf(thread).blocking(thread.activity!.blocked!.kind);
  return at ? `${name} (${siteText(at)})` : name;
}

const waitLine = (thread: ThreadFacts): Finding['related'] =>
  lines([t('“{0}” waits here', labelOf(thread)), waitSite(thread.activity!)]);
