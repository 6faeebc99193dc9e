// How a thread ended, in phrases: they follow a colon, those of an end from outside also “was”. Pure.
import { t } from '../../../common/l10n';
import type { Site, ThreadError } from '../../../protocol/probeEvents';
import { siteText } from '../../facts/sites';

/** Its exit code stands beside it. */
export const endedAbruptly = (): string => t('the process ended without running its exit handlers');

export const unwritten = (): string => t('how it ended is not known, because not all of its records could be written');

export const replaced = (at: Site | undefined): string =>
  at
    ? t('process.execve() at {0}: its process went on with another program', siteText(at))
    : t('its process went on with another program, as process.execve() has it');

export const stopped = (signal: string | undefined): string =>
  signal ? t('stopped by the debugger with {0}', signal) : t('stopped by the debugger');

export const killed = (signal: string | undefined): string =>
  signal
    ? t('killed by {0}', signal)
    : t(
        'killed before its exit handlers could run: by a signal (the Stop button sends one), an abort, a crash or a call that ends the process at once',
      );

/** Signals that the system sends to a program for what that does itself; of others undefined. */
export function crashed(signal: string): string | undefined {
  switch (signal) {
    case 'SIGSEGV':
    case 'SIGBUS':
      return t('crashed with {0}: an invalid memory access in native code, unless somebody sent that signal', signal);
    case 'SIGILL':
    case 'SIGFPE':
      return t(
        'crashed with {0}: an invalid instruction or calculation in native code, unless somebody sent that signal',
        signal,
      );
    case 'SIGABRT':
    case 'SIGTRAP':
      return t(
        'aborted with {0}: a fatal error of the runtime or of native code, or a call of abort(), unless somebody sent that signal',
        signal,
      );
    default:
      return undefined;
  }
}

export const terminatedByHand = (): string => t('terminated by you');

export const endedUnexplained = (code: number, probed: boolean): string =>
  probed
    ? t('ended with exit code {0}; the recording does not show how', code)
    : t('ended by itself with exit code {0}; how is unknown, because it ran without the probe', code);

export const howIsUntold = (): string => t('its function is over; whether by an error is not told');

export function uncaught(error: ThreadError | undefined): string {
  if (!error) return t('uncaught error');
  const { name, message, at } = error;
  const line = message.split('\n', 1)[0]!.replace(/\.$/, ''); // the sentence has a full stop of its own
  if (line === '') return at ? t('uncaught {0} at {1}', name, siteText(at)) : t('uncaught {0}', name);
  return at ? t('uncaught {0}: {1} at {2}', name, line, siteText(at)) : t('uncaught {0}: {1}', name, line);
}

/** Of main: a signal ended the process when its code was over. */
export const afterFailure = (because: string, failure: string): string =>
  t('{0}; before that its code had failed: {1}', because, failure);

/** Follows what was thrown. */
export const inExitListener = (worker: string, because: string | undefined): string =>
  because === undefined
    ? t(', in a listener for the end of “{0}”', worker)
    : t(', in a listener for the end of “{0}” ({1})', worker, because);

/** Such a call, made by another thread than main. */
export const inThread = (because: string, thread: string): string => t('{0}, in “{1}”', because, thread);

export const killedWithOwner = (owner: string, because: string): string =>
  t('killed with its owner “{0}”: {1}', owner, because);
