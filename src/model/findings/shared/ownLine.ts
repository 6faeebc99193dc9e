// Findings stand where people can change something: on their own line, before that of a package. Pure.
import { t } from '../../../common/l10n';
import type { Finding } from '../../../protocol/picture';
import type { Site } from '../../../protocol/probeEvents';
import { startOf, type Start } from '../../conclusions/origin/starts';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import { isInLibrary, libraryIn } from '../../facts/sites';
import { lines, type Verdict } from '../verdict';

/** What a rule says, with the start of a thread told as the line that people look for, and a package's line second. */
export function onOwnLine<V extends Verdict>(process: ProcessFacts, verdict: V): V {
  const { thread, at, related = [] } = verdict;
  if (!thread?.start) return verdict;
  const start = startOf(process, thread);
  const own = ownLine(thread, start, at);
  if (own === at && !start.by && isSame(start.at, thread.start.at)) return verdict;
  const told = related.map((one) => (isSame(one.at, thread.start!.at) ? { ...one, at: start.at ?? one.at } : one));
  const packages = own !== at && at && !related.some((one) => isSame(one.at, at)) ? [at] : [];
  return { ...verdict, at: own, related: [...told, ...packages.flatMap(packageLine), ...startLine(start, told)] };
}

function ownLine({ start }: ThreadFacts, { at: own }: Start, at: Site | undefined): Site | undefined {
  if (!at || !own || isInLibrary(own)) return at ?? own;
  return isSame(at, start!.at) || isInLibrary(at) ? own : at;
}

/** Beside the line of the program that led to the start, if that is told. */
function startLine({ at, by }: Start, related: Finding['related']): Finding['related'] {
  const isTold = by && related.some((one) => isSame(one.at, at)) && !related.some((one) => isSame(one.at, by));
  return isTold && !isSame(at, by) ? packageLine(by) : [];
}

const packageLine = (at: Site): Finding['related'] =>
  lines([t('{0} did it here', libraryIn(at.file) ?? t('a package')), at]);

const isSame = (a: Site | undefined, b: Site | undefined): boolean =>
  a !== undefined && a.file === b?.file && a.line === b.line;
