// Short names for threads. All of it is text of the program's own: hostile until escaped by who shows it.
import { isMain, type ThreadFacts } from '../facts/facts';
import { fileLabel, siteText } from '../facts/sites';
import { runtimeOf } from '../runtimes/runtimes';

export function labelOf(thread: ThreadFacts): string {
  if (isMain(thread)) return 'main';
  if (thread.start?.internal) return runtimeOf(thread).internal();
  const name = givenName(thread);
  if (name) return name;
  const { file, eval: isEval, at } = thread.start ?? {};
  if (file) return fileLabel(file);
  if (isEval && at) return `eval (${siteText(at)})`;
  return runtimeOf(thread).unnamed(thread);
}

export function givenName(thread: ThreadFacts): string | undefined {
  const name = thread.name || thread.named?.name;
  return name && !runtimeOf(thread).isDefaultName(name) ? name : undefined;
}
