// Files of main's that were not written out, because a daemon kept main's module from being finalized. Pure.
import { t } from '../../../../common/l10n';
import { mainEnding } from '../../../conclusions/endings';
import { labelOf } from '../../../conclusions/labels';
import { unflushedText } from '../../../conclusions/undone/told';
import { MAIN_THREAD } from '../../../../protocol/probeEvents';
import type { Evidence } from '../../evidence';
import type { ProcessRule } from '../../rule';
import { ownStart } from '../../shared/python';
import { lines, type Verdict } from '../../verdict';

export const unclosedFile: ProcessRule = { id: 'unclosed-file', byReports: true, runtimes: ['python'], check };

function check({ process }: Evidence): Verdict[] {
  const { undone } = process.shutdown;
  const globals = undone.find((one) => one.undone === 'globals');
  const daemon = globals?.id === undefined ? undefined : process.threads.get(globals.id);
  if (!globals) return [];
  return undone
    .filter((one) => one.undone === 'unflushed' && (one.id === undefined || one.id === MAIN_THREAD))
    .map((file): Verdict => ({
      t: mainEnding(process)?.t ?? file.t,
      at: file.at ?? (daemon && ownStart(daemon)),
      text: `${t('{0}, and nobody closed it.', capital(unflushedText(file)))} ${whyText(daemon && labelOf(daemon))}`,
      related: daemon ? lines([t('“{0}” was started here', labelOf(daemon)), ownStart(daemon)]) : [],
    }));
}

const whyText = (daemon: string | undefined): string =>
  daemon === undefined
    ? t('A daemon was still running a function of main’s module, so Python did not finalize that module’s globals.')
    : t(
        'The daemon “{0}” was still running a function of main’s module, so Python did not finalize that module’s globals.',
        daemon,
      );

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
