// The Chrome DevTools Protocol, as far as the shape of its commands and answers goes.
import { t } from '../../common/l10n';

/** Sends one command of the Chrome DevTools Protocol to the program's main thread; rejects when it fails. */
export type SendCommand = (method: string, params: object) => Promise<unknown>;

/** Calls `hear` with each event of that name from now on. */
export type Listen = (event: string, hear: (params: unknown) => void) => Promise<void>;

/** Of an answer that holds an object; throws when it does not. */
export function objectIdOf(answer: unknown, name: 'result' | 'objects'): string {
  const { [name]: object, exceptionDetails } = answer as Record<string, { objectId?: string; text?: string }>;
  if (object?.objectId === undefined) throw new Error(exceptionDetails?.text ?? t('the debugger did not answer'));
  return object.objectId;
}
