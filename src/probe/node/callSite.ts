// Where in the program something was called. Never calls the program's own code, and gives up rather than be noticed.
import * as module from 'module';
import * as url from 'url';
import * as util from 'util';
import type { Site } from '../../protocol/probeEvents';
import { defineProperty, getOwnPropertyDescriptor } from './builtins';

/** Enough to pass our own frames and Node's, and reach the program's. */
const FRAMES = 24;

export interface Frame {
  file: string;
  line: number;
  column: number;
  function: string;
}

interface NodeCallSite {
  functionName: string;
  scriptName: string;
  lineNumber: number;
  columnNumber?: number;
  column?: number;
}
type GetCallSites = (frames: number) => NodeCallSite[];

/** Since Node 22.12; it leaves the program's `Error.prepareStackTrace` alone. */
const getCallSites = (util as unknown as { getCallSites?: GetCallSites }).getCallSites;
const { captureStackTrace } = Error;
const { findSourceMap } = module;
const { fileURLToPath } = url;

/** The program's innermost frame. */
export const callSite = (): Site | undefined => programSite(frames());

/** First of these frames that is neither Node's nor ours. */
export function programSite(stack: Frame[]): Site | undefined {
  for (const frame of stack) if (isProgram(frame)) return siteOf(frame);
  return undefined;
}

/** Innermost first; empty when it cannot be known. */
export function frames(): Frame[] {
  try {
    return getCallSites ? getCallSites(FRAMES).map(frameOfCallSite) : framesByError();
  } catch {
    return [];
  }
}

const isProgram = ({ file }: Frame): boolean => file !== '' && !file.startsWith('node:') && file !== __filename;

const frameOfCallSite = (site: NodeCallSite): Frame => ({
  file: site.scriptName,
  line: site.lineNumber,
  column: site.columnNumber ?? site.column ?? 1,
  function: site.functionName,
});

/** On older Nodes: for one stack trace our own settings of `Error` stand in for the program's. */
function framesByError(): Frame[] {
  const prepare = getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  const limit = getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  const found: { stack?: Frame[] } = {};
  const structured = (_: Error, sites: NodeJS.CallSite[]): Frame[] => sites.map(frameOfV8);
  try {
    defineProperty(Error, 'prepareStackTrace', { value: structured, configurable: true, writable: true });
    defineProperty(Error, 'stackTraceLimit', { ...limit, value: FRAMES });
    captureStackTrace(found);
    return found.stack ?? [];
  } finally {
    if (limit) defineProperty(Error, 'stackTraceLimit', limit);
    if (prepare) defineProperty(Error, 'prepareStackTrace', prepare);
    else delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
  }
}

const frameOfV8 = (site: NodeJS.CallSite): Frame => ({
  file: site.getFileName() ?? '',
  line: site.getLineNumber() ?? 1,
  column: site.getColumnNumber() ?? 1,
  function: site.getFunctionName() ?? '',
});

/** Frames in the text of an error's stack. */
export function framesOfStack(stack: string): Frame[] {
  const frames: Frame[] = [];
  for (const line of stack.split('\n')) {
    const match = /^ +at (?:(.*) \()?((?:file:\/\/|\/|[A-Za-z]:\\|\[).*?):(\d+):(\d+)\)?$/.exec(line);
    if (match) frames.push({ file: match[2]!, line: +match[3]!, column: +match[4]!, function: match[1] ?? '' });
  }
  return frames;
}

function siteOf(frame: Frame): Site {
  const { file, line, column } = inSource(frame);
  return { file: pathOf(file), line, column, ...(frame.function ? { function: frame.function } : {}) };
}

/** Through the source maps that the runtime itself has loaded (tsx, --enable-source-maps). */
function inSource(frame: Frame): Frame {
  try {
    const entry = findSourceMap(frame.file)?.findEntry(frame.line - 1, frame.column - 1);
    if (!entry || !('originalSource' in entry)) return frame;
    const { originalSource, originalLine, originalColumn } = entry;
    return { ...frame, file: originalSource, line: originalLine + 1, column: originalColumn + 1 };
  } catch {
    return frame;
  }
}

export function pathOf(file: string): string {
  try {
    return file.startsWith('file:') ? fileURLToPath(file) : file;
  } catch {
    return file;
  }
}
