// What main itself told, as it ended, of what nobody will finish any more. Pure.
import { t, tally } from '../../../common/l10n';
import type { Unfinished } from '../../../protocol/picture';
import type { LeftUndone } from '../../../protocol/probeEvents';
import type { ProcessFacts, ThreadFacts } from '../../facts/facts';
import { siteText } from '../../facts/sites';
import { bytesText } from './amounts';

/** Of a thread that was at it. */
export const toldUndone = ({ shutdown }: ProcessFacts, { id }: ThreadFacts): Unfinished[] =>
  shutdown.undone.filter((one) => one.id === id && one.undone !== 'globals').map(unfinished);

/** Of which it is not known who was at it. */
export const undoneByNobody = ({ shutdown, threads }: ProcessFacts): Unfinished[] =>
  shutdown.undone
    .filter(({ id, undone }) => undone !== 'globals' && (id === undefined || id === 0 || !threads.has(id)))
    .map(unfinished);

function unfinished(one: LeftUndone): Unfinished {
  const { path, at } = one;
  const place = at ? { at } : {};
  switch (one.undone) {
    case 'unflushed':
      return {
        what: 'file',
        text: unflushedText(one),
        fate: 'lost',
        ...(path === undefined ? {} : { path }),
        ...place,
      };
    case 'queue':
      return { what: 'mail', text: queueText(one), fate: 'lost', ...place };
    case 'lock':
      return { what: 'lock', text: lockText(one), fate: 'unknown', ...place };
    case 'transaction':
      return { what: 'transaction', text: transactionText(one), fate: 'lost', ...place };
    case 'process':
      return { what: 'task', text: t('the process {0} was still running', one.name ?? ''), fate: 'unknown' };
    case 'cleanup':
    case 'globals':
      return { what: 'cleanup', text: cleanupText(one), fate: 'lost', ...place };
  }
}

export function unflushedText({ count, exact, path }: LeftUndone): string {
  const file = path ?? t('a file');
  if (count === undefined) return t('what it had written to {0} had not all reached the system', file);
  return exact
    ? t('{0} written to {1} had not reached the system', bytesText(count), file)
    : t('about {0} written to {1} had not reached the system', bytesText(count), file);
}

export function queueText({ count = 0, exact, name }: LeftUndone): string {
  const queue = name === undefined ? t('a queue') : t('the queue “{0}”', name);
  return exact
    ? tally(count, '{0} item of {1} was not taken or not done', '{0} items of {1} were not taken or not done', queue)
    : tally(
        count,
        'about {0} item of {1} was not taken or not done',
        'about {0} items of {1} were not taken or not done',
        queue,
      );
}

const lockText = ({ name, at }: LeftUndone): string => {
  const lock = name === undefined ? t('a lock') : t('the lock “{0}”', name);
  return at ? t('it held {0}, taken at {1}', lock, siteText(at)) : t('it held {0}', lock);
};

const transactionText = ({ path }: LeftUndone): string =>
  t('a transaction in {0} was not committed', path ?? t('a database'));

function cleanupText({ name, at }: LeftUndone): string {
  if (!at) return t('a finally or with block did not run');
  return name === undefined
    ? t('the finally or with block at {0} did not run', siteText(at))
    : t('the finally or with block of {0} at {1} did not run', name, siteText(at));
}
