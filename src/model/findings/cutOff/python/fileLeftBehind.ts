// Files that stayed because the block which would have removed them did not run. Pure.
import { t } from '../../../../common/l10n';
import { isAbrupt, isKilledWithMain } from '../../../conclusions/cutOff';
import { siteText } from '../../../facts/sites';
import type { Suspect } from '../../evidence';
import type { WorkerRule } from '../../rule';
import { fell, whereCutOff } from '../../shared/cutOff';
import { fileText } from '../../shared/text';
import { lines, type Verdict } from '../../verdict';

export const fileLeftBehind: WorkerRule = { id: 'file-left-behind', byReports: true, runtimes: ['python'], check };

function check(worker: Suspect): Verdict | undefined {
  const { process, thread, ended } = worker;
  if (!ended || !isKilledWithMain(ended) || isAbrupt(ended)) return undefined;
  const left = process.shutdown.undone.find(
    ({ undone, id, path }) => undone === 'cleanup' && id === thread.id && path !== undefined,
  );
  if (!left) return undefined;
  const file = fileText(process, left.path!);
  const where = whereCutOff(worker, ended);
  return {
    thread,
    t: ended.t,
    ...where,
    text: [
      fell(worker, ended),
      left.at
        ? t('It left {0} behind, which the block at {1} would have removed.', file, siteText(left.at))
        : t('It left {0} behind, which a block would have removed.', file),
    ].join(' '),
    related: [...where.related!, ...lines([t('This block did not run to its end'), left.at])],
  };
}
