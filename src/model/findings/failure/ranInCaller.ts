// Work that was meant for a thread and ran in the one that was to start it. Pure.
import { t } from '../../../common/l10n';
import type { Clue } from '../../../protocol/probeEvents';
import { siteText } from '../../facts/sites';
import type { Evidence } from '../evidence';
import type { ProcessRule } from '../rule';
import { cluesOf } from '../shared/clues';
import type { Verdict } from '../verdict';

export const ranInCaller: ProcessRule = { id: 'ran-in-caller', byReports: true, runtimes: ['python'], check };

function check({ process }: Evidence): Verdict[] {
  const [first] = cluesOf(process, 'no-target');
  const [run] = cluesOf(process, 'run');
  return [
    ...(first ? [verdictOn(first, withoutTarget(first), passTheFunction())] : []),
    ...(run ? [verdictOn(run, calledRun(run))] : []),
  ];
}

const verdictOn = ({ t: moment, at }: Clue, text: string, advice?: string): Verdict => ({
  t: moment,
  at,
  text,
  ...(advice === undefined ? {} : { advice }),
});

const withoutTarget = ({ name = '', at }: Clue): string =>
  t('“{0}”, started at {1}, was given nothing to do and ended at once.', name, siteText(at));

const calledRun = ({ name = '', at }: Clue): string =>
  t(
    'run() of “{0}” was called at {1}, and the thread was never started: its work was done by the caller.',
    name,
    siteText(at),
  );

const passTheFunction = (): string =>
  t(
    'Pass the function itself, as in Thread(target=work, args=(1,)): with target=work() it is called before the thread is made.',
  );
