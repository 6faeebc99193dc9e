// Short names for threads. All of it is text of the program's own: hostile until escaped by who shows it.
import { t } from '../../common/l10n';
import type { ThreadFacts } from '../facts/facts';
import { fileLabel, siteText } from '../facts/sites';

/** What Node calls a worker that was given no name. */
const NODE_DEFAULT_NAME = 'WorkerThread';

export function labelOf(thread: ThreadFacts): string {
  if (thread.id === 0) return 'main';
  if (thread.start?.internal) return t('module loader hooks');
  const name = givenName(thread);
  if (name) return name;
  const { file, eval: isEval, at } = thread.start ?? {};
  if (file) return fileLabel(file);
  if (isEval && at) return `eval (${siteText(at)})`;
  return t('worker {0}', thread.id);
}

export function givenName(thread: ThreadFacts): string | undefined {
  const name = thread.name || thread.named?.name;
  return name && name !== NODE_DEFAULT_NAME ? name : undefined;
}
