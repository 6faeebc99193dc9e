// Workers whose script is not there, or cannot be run. Pure.
import { t } from '../../../common/l10n';
import { runtimeOf } from '../../runtimes/runtimes';
import type { Suspect } from '../evidence';
import type { WorkerRule } from '../rule';
import type { Verdict } from '../verdict';

/** Threads of other runtimes run a function, not a file. */
export const workerFileNotFound: WorkerRule = {
  id: 'worker-file-not-found',
  byReports: true,
  runtimes: ['node'],
  check,
};

function check({ thread, ended }: Suspect): Verdict | undefined {
  const { error, start } = thread;
  if (!error || !ended || !start?.file) return undefined;
  const failure = runtimeOf(thread).errors.fileFailed(error.message, start.file);
  if (!failure) return undefined;
  const about = { thread, t: error.t, at: start.at };
  if (failure === 'missing') return { ...about, text: t('Worker file not found: {0}.', start.file) };
  return {
    ...about,
    text: t('Worker file cannot be run: {0}.', start.file),
    advice: t(
      'Use a Node that runs such files (22.18 and newer run TypeScript), or give the worker the loader that main has, by execArgv.',
    ),
  };
}
