// What of a run is known to be lost, in phrases: they follow “Lost:”, and say whose it was. Pure.
import { t, tally } from '../../common/l10n';
import type { Finding, ProcessPicture, Snapshot, ThreadPicture, Unfinished } from '../../protocol/picture';
import { ruleOf, type RuleId } from '../../protocol/rules';
import { isFailure } from '../conclusions/cutOff';
import { bytesText } from '../conclusions/undone/amounts';
import { isLost } from '../conclusions/phrases/fates';
import { fileLabel } from '../facts/sites';

/** What a session, or one run of it, is judged by. */
export type RunPictures = Pick<
  Snapshot,
  'now' | 'processes' | 'threads' | 'findings' | 'earlier' | 'damaged' | 'complete'
>;

export interface Loss {
  /** Whose it was; absent where that is not known. */
  thread?: ThreadPicture;
  text: string;
}

/** One for each thread, in the order of their ends; then what was nobody's that is known. */
export function lossesIn({ processes, threads, findings }: RunPictures): Loss[] {
  const losers = threads.filter(losesWork).sort((a, b) => a.ended!.t - b.ended!.t);
  const keys = new Set(losers.map(({ key }) => key));
  const rules = new Map(findings.filter(isLoss).map((finding) => [finding.thread, finding.rule]));
  const isOthers = ({ thread }: Finding): boolean => thread === undefined || !keys.has(thread);
  const ofMain = new Map(processes.map((process) => [process.key, process]));
  return [
    ...losers.map((thread) => ({
      thread,
      text: lossOf(thread, ofMain.get(thread.process), rules.get(thread.key)),
    })),
    ...findings.filter((finding) => isLoss(finding) && isOthers(finding)).map(({ rule }) => ({ text: titleOf(rule) })),
  ];
}

export const losesWork = ({ ended }: ThreadPicture): boolean => ended?.severity === 'error' && !isFailure(ended);

export const isLoss = ({ rule, severity }: Pick<Finding, 'rule' | 'severity'>): boolean =>
  severity === 'error' && ruleOf(rule).category === 'cut-off';

const titleOf = (rule: RuleId): string => ruleOf(rule).title;

function lossOf(thread: ThreadPicture, process: ProcessPicture | undefined, rule: RuleId | undefined): string {
  const [first] = (thread.unfinished ?? []).filter((thing) => isLost(thing) || isFileWrite(thing));
  if (first) return undoneText(first, whoText(thread));
  if (thread.kind === 'main') {
    if (process?.unsent) return t('up to {0} of main’s output', bytesText(process.unsent));
    const left = process?.leftUndone?.find(isLost);
    if (left) return left.text;
  }
  if (rule === 'unanswered-request') return t('the answer from {0} that its owner waited for', whoText(thread));
  if (rule === 'unsettled-await' || thread.ended?.by === 'returned')
    return t('what {0} was to do after an await that never settled', whoText(thread));
  return t('what {0} was working on', whoText(thread));
}

/** What waited for its turn is lost, whatever becomes of what the system had begun. */
const isFileWrite = ({ what, path }: Unfinished): boolean => what === 'write' && path !== undefined;

export const whoText = ({ kind, label }: Pick<ThreadPicture, 'kind' | 'label'>): string =>
  kind === 'main' ? t('main') : t('“{0}”', label);

function undoneText({ what, text, path, amount }: Unfinished, who: string): string {
  if (what === 'write' && amount !== undefined && path !== undefined)
    return t('{0} that {1} was writing to {2}', bytesText(amount), who, fileLabel(path));
  if (what === 'mail' && amount !== undefined) return tally(amount, '{0} message to {1}', '{0} messages to {1}', who);
  if (what === 'sent' && amount !== undefined)
    return tally(amount, '{0} message from {1}', '{0} messages from {1}', who);
  if (what === 'file' && path !== undefined) return t('what {0} had written to {1}', who, fileLabel(path));
  if (what === 'transaction') return t('a transaction of {0}', who);
  return text;
}
