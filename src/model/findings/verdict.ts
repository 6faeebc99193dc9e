// What a rule says of a thread, a pool, a line or a process, and the finding that becomes of it. Pure.
import { t } from '../../common/l10n';
import type { Finding } from '../../protocol/picture';
import type { Site } from '../../protocol/probeEvents';
import { hasOwnWords, ruleOf, type RuleId, type Severity } from '../../protocol/rules';
import { runtimeOf } from '../runtimes/runtimes';
import { mainEnding, wasStopped } from '../conclusions/endings';
import type { Pool } from '../conclusions/pools';
import type { EarlierGroup } from '../facts/earlier';
import type { ProcessFacts, ThreadFacts } from '../facts/facts';

/** What a rule's check says; whose words these are goes without saying. */
export interface Verdict {
  t: number;
  text: string;
  thread?: ThreadFacts;
  pool?: Pool;
  /** Threads that ended long ago, of which it is true. */
  earlier?: EarlierGroup;
  /** How many threads it is true of. */
  count?: number;
  at?: Site | undefined;
  severity?: Severity;
  /** In place of the rule's own. */
  advice?: string;
  related?: Finding['related'];
}

export interface RuledVerdict extends Verdict {
  rule: RuleId;
}

export function findingOf(process: ProcessFacts, verdict: RuledVerdict): Finding {
  const { rule, text, thread, pool, earlier, count = 1, at, severity, related = [] } = verdict;
  const about = thread?.key ?? pool?.key ?? earlier?.key ?? (at ? `${process.key} ${at.file}:${at.line}` : process.key);
  const { id: runtime } = runtimeOf(process);
  const advice = verdict.advice ?? ruleOf(rule, runtime).advice;
  return {
    id: `${rule} ${about}`,
    rule,
    ...(hasOwnWords(rule, runtime) ? { runtime } : {}),
    severity: severity ?? ruleOf(rule).severity,
    process: process.key,
    ...(thread ? { thread: thread.key } : {}),
    ...(pool ? { pool: pool.key } : {}),
    ...(count > 1 ? { count } : {}),
    t: verdict.t,
    ...(at ? { at } : {}),
    text,
    advice: byDebugger(process) ? `${advice} ${politeStop()}` : advice,
    related: related.filter((other) => !isSame(other.at, at)),
  };
}

const politeStop = (): string =>
  t(
    'The debugger’s Stop killed the process at once. With "killBehavior": "polite" in the launch configuration, it asks the process to end first.',
  );
/** It was not asked: who ended in order, or by a signal that asks, was. */
function byDebugger(process: ProcessFacts): boolean {
  const { by, signal = KILLS } = mainEnding(process) ?? {};
  return by === 'signal' && signal === KILLS && process.end !== undefined && wasStopped(process, process.end.t);
}
const KILLS = 'SIGKILL';

const isSame = (a: Site, b: Site | undefined): boolean => a.file === b?.file && a.line === b.line;

/** Lines that belong to it, as far as they are known. */
export const lines = (...all: [text: string, at: Site | undefined][]): Finding['related'] =>
  all.flatMap(([text, at]) => (at ? [{ text, at }] : []));
