// Subclasses of threads with an attribute of their own under the name of a method that Python itself needs. Pure.
import { t } from '../../../common/l10n';
import { labelOf } from '../../conclusions/labels';
import type { Clue } from '../../../protocol/probeEvents';
import { isMain, type ProcessFacts, type ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { cluesOf } from '../shared/clues';
import { errorPhrase } from '../shared/python';
import { lines, type Verdict } from '../verdict';

export const shadowedAttribute: ProcessRule = {
  id: 'shadowed-attribute',
  byReports: true,
  runtimes: ['python'],
  check,
};

/** A method of Thread’s own, from which the error came. */
const IN_THREAD = /threading\.py", line \d+, in (\w+)\s*$/;

function check({ process }: Evidence): Verdict[] {
  const failed = [...process.threads.values()].filter(failedInThread);
  const clues = cluesOf(process, 'hides');
  if (clues.length === 0) return failed.filter(isNotCallable).map((thread) => verdictOn(thread));
  return clues.map((clue) => {
    const thread = failed.find(({ id }) => id === clue.id) ?? failed[0];
    return thread ? verdictOn(thread, clue) : harmless(process, clue);
  });
}

export const failedInThread = ({ error }: ThreadFacts): boolean =>
  (error?.name === 'TypeError' || error?.name === 'AttributeError') && IN_THREAD.test(error.stack ?? '');

/** Where the class was not found, the error itself must say it. */
const isNotCallable = ({ error }: ThreadFacts): boolean => /object is not callable/.test(error?.message ?? '');

function verdictOn(thread: ThreadFacts, clue?: Clue): Verdict {
  const error = thread.error!;
  const who = isMain(thread) ? t('Main') : t('“{0}”', labelOf(thread));
  const text = t('{0} failed with {1}, in a method of Thread’s own.', who, errorPhrase(error));
  return {
    thread,
    t: error.t,
    at: clue?.at ?? error.at,
    text: clue ? `${text} ${hidesText(clue)}` : text,
    related: lines([t('It was here'), error.at]),
  };
}

/** Nothing came of it here: another version of Python may need what it hides. */
function harmless(process: ProcessFacts, clue: Clue): Verdict {
  const thread = process.threads.get(clue.id);
  const text = `${hidesText(clue)} ${t('Nothing failed for it in this run; with other versions of Python join() and is_alive() may.')}`;
  return { ...(thread ? { thread } : {}), t: clue.t, at: clue.at, text, severity: 'info' };
}

const hidesText = ({ name = '', at }: Clue): string =>
  t('The attribute {0}, made at {1}, has the place of one that Python’s own class Thread needs.', name, siteText(at));
