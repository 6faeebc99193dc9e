// The stack of an error, as V8 writes it, line by line, with the places that can be opened. Pure. The text is the
// program's own and may be anything: what does not look like a frame stays plain text.
import { shown } from '../../../src/common/untrusted';
import type { Site } from '../../../src/protocol/probeEvents';

export interface StackLine {
  text: string;
  /** Undefined: no frame, or one of no file on disk. */
  at: Site | undefined;
}

const MOST_LINES = 50;
const LONGEST_LINE = 500;
const POSITION = /:(\d{1,7}):(\d{1,7})$/;
/** What the editor can open: an absolute path of either system, or a file's URL. */
const ON_DISK = /^(\/|[A-Za-z]:[\\/]|file:\/\/\/)/;

/** `more`: lines that are left out. */
export function stackLines(stack: string): { lines: StackLine[]; more: number } {
  const all = stack.split('\n', 10_000);
  const lines = all.slice(0, MOST_LINES).map((line) => {
    const text = line.trim().slice(0, LONGEST_LINE);
    return { text: shown(text, LONGEST_LINE), at: siteOf(text) };
  });
  return { lines: lines.filter(({ text }) => text !== ''), more: Math.max(0, all.length - MOST_LINES) };
}

/** `at fn (file:line:column)` or `at file:line:column`. */
function siteOf(line: string): Site | undefined {
  if (!line.startsWith('at ')) return undefined;
  const frame = line.slice('at '.length).replace(/^async /, '');
  const open = frame.endsWith(')') ? frame.indexOf(' (') : -1;
  const location = open === -1 ? frame : frame.slice(open + ' ('.length, -1);
  const [position, row, column] = POSITION.exec(location) ?? [];
  const file = location.slice(0, location.length - (position?.length ?? 0));
  if (!position || !ON_DISK.test(file)) return undefined;
  const site = { file, line: Number(row), column: Number(column) };
  return open > 0 ? { ...site, function: frame.slice(0, open) } : site;
}
