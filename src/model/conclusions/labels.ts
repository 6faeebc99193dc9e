// Short names for threads. All of it is text of the program's own: hostile until escaped by who shows it.
import { isMain, type ThreadFacts } from '../facts/facts';
import { fileLabel, siteText } from '../facts/sites';
import { runtimeOf } from '../runtimes/runtimes';
import { loadsOf, ownScripts, packageOf, toolOf } from './origin/packages';

export function labelOf(thread: ThreadFacts): string {
  if (isMain(thread)) return 'main';
  if (thread.start?.internal) return runtimeOf(thread).internal();
  return givenName(thread) ?? toolOf(thread) ?? packageLabel(thread) ?? scriptLabel(thread);
}

export function givenName(thread: ThreadFacts): string | undefined {
  const name = thread.name || thread.named?.name;
  return name && !runtimeOf(thread).isDefaultName(name, packageOf(thread)) ? name : undefined;
}

/** Its script is the package’s, as are those of all others: what it was told to load tells them apart. */
function packageLabel(thread: ThreadFacts): string | undefined {
  const pack = packageOf(thread);
  if (pack === undefined) return undefined;
  const { files: loads, more } = loadsOf(thread);
  return runtimeOf(thread).ofPackage(pack, { id: thread.id, scripts: ownScripts(thread), loads, more });
}

function scriptLabel(thread: ThreadFacts): string {
  const { file, eval: isEval, at } = thread.start ?? {};
  if (file) return fileLabel(file);
  if (isEval && at) return `eval (${siteText(at)})`;
  return runtimeOf(thread).unnamed(thread);
}
