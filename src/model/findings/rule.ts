// What a rule is: an id, and a check. Pure.
import type { RuntimeId } from '../../protocol/probeEvents';
import type { RuleId } from '../../protocol/rules';
import type { ProcessFacts } from '../facts/facts';
import { runtimeOf } from '../runtimes/runtimes';
import type { Evidence, Held, Suspect } from './evidence';
import { onOwnLine } from './shared/ownLine';
import type { RuledVerdict, Verdict } from './verdict';

interface About {
  id: RuleId;
  /** The runtimes in which the mistake can be made; absent: all. */
  runtimes?: readonly RuntimeId[];
  /** It goes by what was reported alone. Others also go by what was not, and are silent where not all could be written. */
  byReports?: true;
}

/** Looks at one worker by itself. */
export interface WorkerRule extends About {
  check: (worker: Suspect) => Verdict | undefined;
}

/** Looks at what holds a process that will not end by itself, one holder after the other. */
export interface HolderRule extends About {
  check: (held: Held) => Verdict | undefined;
}

/** Looks at the threads of a process together. */
export interface ProcessRule extends About {
  check: (evidence: Evidence) => Verdict[];
}

/** What the first of these rules says that has something to say. */
export function gravest<Item extends { process: ProcessFacts }>(
  rules: readonly (About & { check: (item: Item) => Verdict | undefined })[],
  item: Item,
): RuledVerdict[] {
  for (const rule of rules) {
    const verdict = canHave(rule, item.process) ? rule.check(item) : undefined;
    if (verdict) return [{ rule: rule.id, ...onOwnLine(item.process, verdict) }];
  }
  return [];
}

/** What all of these rules say. */
export const allOf = (rules: readonly ProcessRule[], evidence: Evidence): RuledVerdict[] =>
  rules
    .filter((rule) => canHave(rule, evidence.process))
    .flatMap(({ id, check }) =>
      check(evidence).map((verdict) => ({ rule: id, ...onOwnLine(evidence.process, verdict) })),
    );

const canHave = ({ runtimes, byReports }: About, process: ProcessFacts): boolean =>
  (runtimes?.includes(runtimeOf(process).id) ?? true) && (byReports === true || !process.unwritten);
