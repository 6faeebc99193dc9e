// Which package started a thread, what it had it load, and whether it is a tool of the program's rather than a part of it. Pure.
import { isInLibrary, packageIn } from '../../facts/sites';
import type { StartWay, ThreadFacts } from '../../facts/facts';
import { runtimeOf } from '../../runtimes/runtimes';

/** The calls that led to its start, as far as they were told. */
export function wayOf({ start, ways }: ThreadFacts): StartWay {
  if (start?.callers ?? start?.through) return start;
  return (start?.calls === undefined ? undefined : ways?.get(start.calls)) ?? {};
}

/** Of a package that is known for starting threads: by who starts it, the outermost first, or else by whose script it runs. */
export function packageOf(thread: ThreadFacts): string | undefined {
  const { at, file } = thread.start ?? {};
  const { through = [] } = wayOf(thread);
  const names = [...[...through].reverse(), packageIn(at?.file), packageIn(file)];
  const known = runtimeOf(thread).poolPackages;
  return names.find((name) => name !== undefined && known.includes(name));
}

/** Files that a package's script was told to load; `more`: how many are not named. */
export const loadsOf = ({ start, loads }: ThreadFacts): { files: readonly string[]; more: number } => ({
  files: loads?.files ?? start?.loads ?? [],
  more: loads?.more ?? 0,
});

const isOwn = (file: string): boolean => !isInLibrary({ file });

/** Those of the program, before the packages’. */
export function ownScripts(thread: ThreadFacts): string[] {
  const { file } = thread.start ?? {};
  const own = loadsOf(thread).files.filter(isOwn);
  return own.length > 0 || file === undefined || !isOwn(file) ? own : [file];
}

/** Not of the program's own: of a tool, or of the runtime. */
export const isTooling = (thread: ThreadFacts): boolean =>
  thread.start?.internal === true || toolOf(thread) !== undefined;

/** Name of the tool that it works for, such as a compiler; undefined for threads of the program’s. */
export function toolOf(thread: ThreadFacts): string | undefined {
  const { start } = thread;
  if (!start || start.internal || ownScripts(thread).length > 0) return undefined;
  const names = [packageIn(start.at?.file), packageIn(start.file), ...loadsOf(thread).files.map(packageIn)];
  return names.find((name) => name !== undefined && runtimeOf(thread).isTool(name));
}
