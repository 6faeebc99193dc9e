// Short names for threads and places. All of it is text of the program's own: hostile until escaped by who shows it.
import { t } from '../../common/l10n';
import type { Site } from '../../protocol/probeEvents';
import type { ThreadFacts } from '../facts/facts';

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

/** `main.js:12`, for sentences; the whole path goes with the site itself. */
export const siteText = (site: Site): string => `${fileLabel(site.file)}:${site.line}`;

export function fileLabel(file: string): string {
  if (/^(data|blob):/.test(file)) return `${file.slice(0, file.indexOf(':'))}: URL`;
  const withoutQuery = /^[a-z]+:\/\//.test(file) ? file.replace(/[?#].*$/, '') : file;
  return withoutQuery.split(/[\\/]/).pop() || file;
}
