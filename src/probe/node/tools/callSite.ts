// Where in the program something was called. Never calls the program's own code, and gives up rather than be noticed.
import type { Site } from '../../../protocol/probeEvents';
import { FRAMES, type Frame } from '../given';
import { nodeModule, url, util } from './builtins';
import { stack } from './handed';
import { clipped, matchOf, split, startsWith } from './text';

/** Enough to pass our own and reach who called a hook of ours. */
const FRAMES_TO_CALLER = 6;

interface NodeCallSite {
  functionName: string;
  scriptName: string;
  lineNumber: number;
  columnNumber?: number;
  column?: number;
}
type GetCallSites = (frames: number) => NodeCallSite[];

/** The program's innermost frame. */
export const callSite = (): Site | undefined => programSite(frames());

/** First of these frames that is neither Node's nor ours. */
export function programSite(all: Frame[]): Site | undefined {
  for (let i = 0; i < all.length; i++) if (isProgram(all[i]!)) return siteOf(all[i]!);
  return undefined;
}

export const isWorkerConstructor = (frame: Frame): boolean =>
  frame.file === 'node:internal/worker' && frame.function === 'Worker';

/** Whether it is Node's own `new Worker` that calls the method which a hook of ours hears; undefined: not to be known. */
export function inWorkerConstructor(): boolean | undefined {
  const all = frames(FRAMES_TO_CALLER);
  if (all.length === 0) return undefined;
  let i = 0;
  while (all[i]?.file === __filename || all[i]?.file === '') i++; // what is evaluated has no file in the second way
  const caller = all[i];
  return caller !== undefined && isWorkerConstructor(caller);
}

/** Innermost first; empty when it cannot be known. */
export function frames(most = FRAMES): Frame[] {
  try {
    return stack(most, frames);
  } catch {
    return framesByUtil(most); // `Error` is frozen
  }
}

export const isNodes = ({ file }: Frame): boolean => startsWith(file, 'node:');
export const isProgram = (frame: Frame): boolean => frame.file !== '' && frame.file !== __filename && !isNodes(frame);

const frameOfCallSite = (site: NodeCallSite): Frame => ({
  file: site.scriptName,
  line: site.lineNumber,
  column: site.columnNumber ?? site.column ?? 1,
  function: site.functionName,
});

/** Since Node 22.12. It must be loaded first, which takes longer than all else here. */
function framesByUtil(most: number): Frame[] {
  try {
    const { getCallSites } = util() as { getCallSites?: GetCallSites };
    return getCallSites ? each(getCallSites(most), frameOfCallSite) : [];
  } catch {
    return [];
  }
}

/**
 * A line of a stack's text: the function, and a path, a URL, or a name such as `[eval]-wrapper`. A function may have such a
 * name too, before one of Node's files.
 */
const FRAME = /^ +at (?:(.*) \()?(?:async )?((?:file:\/\/|\/|[A-Za-z]:\\).*?|\[[^\]]*\][\w-]*):(\d+):(\d+)\)?$/;

/** Frames in the text of an error's stack. */
export function framesOfStack(text: string): Frame[] {
  const lines = split(text, '\n');
  const frames: Frame[] = [];
  for (let i = 0; i < lines.length; i++) {
    const match = matchOf(FRAME, lines[i]!);
    if (match)
      frames[frames.length] = { file: match[2]!, line: +match[3]!, column: +match[4]!, function: match[1] ?? '' };
  }
  return frames;
}

export function siteOf(frame: Frame): Site {
  const { file, line, column } = inSource(frame);
  return { file: pathOf(file), line, column, ...(frame.function ? { function: clipped(frame.function) } : {}) };
}

/** Through the source maps that the runtime itself has loaded (tsx, --enable-source-maps). */
function inSource(frame: Frame): Frame {
  try {
    if ((process as { sourceMapsEnabled?: boolean }).sourceMapsEnabled === false) return frame;
    const entry = nodeModule()
      .findSourceMap(frame.file)
      ?.findEntry(frame.line - 1, frame.column - 1);
    if (!entry || !('originalSource' in entry)) return frame;
    const { originalSource, originalLine, originalColumn } = entry;
    return { ...frame, file: originalSource, line: originalLine + 1, column: originalColumn + 1 };
  } catch {
    return frame;
  }
}

/** Path of a file that Node names by path or by URL. */
export function pathOf(file: string): string {
  try {
    return clipped(startsWith(file, 'file:') ? url().fileURLToPath(file) : file);
  } catch {
    return file;
  }
}

function each<T>(sites: T[], frameOf: (site: T) => Frame): Frame[] {
  const stack: Frame[] = [];
  for (let i = 0; i < sites.length; i++) stack[i] = frameOf(sites[i]!);
  return stack;
}
