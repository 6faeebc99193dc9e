// What a thread of this process that sleeps has asked the system for, where that is about a file. Linux alone tells.
import {
  bufferFrom,
  closeSync,
  openSync,
  readFileSync,
  readSync,
  readlinkSync,
  textOfBuffer,
  uncurried,
} from '../tools/builtins';
import { split, startsWith } from '../tools/text';

/** By architecture and number: its name, and which of its arguments is a descriptor of a file or a path. */
const CALLS: Partial<Record<string, Record<string, readonly [name: string, fd: number, path: number]>>> = {
  x64: { '0': ['read', 1, 0], '1': ['write', 1, 0], '2': ['open', 0, 1], '73': ['flock', 1, 0], '257': ['open', 0, 2] },
  arm64: { '63': ['read', 1, 0], '64': ['write', 1, 0], '32': ['flock', 1, 0], '56': ['open', 0, 2] },
};
const LONGEST_PATH = 1024;
const textOf = uncurried(textOfBuffer);

/** Such as "open /tmp/pipe"; undefined where it is not known. */
export function systemCall(native: number): string | undefined {
  try {
    const words = split(readFileSync(`/proc/self/task/${native}/syscall`, 'latin1'), ' ');
    const [name, fd, path] = CALLS[process.arch]?.[words[0]!] ?? [];
    const file = fd ? readlinkSync(`/proc/self/fd/${Number(words[fd])}`) : path ? textAt(Number(words[path])) : '';
    return startsWith(file, '/') ? `${name} ${file}` : undefined;
  } catch {
    return undefined;
  }
}

/** What stands in memory there, up to a zero. */
function textAt(address: number): string {
  const memory = openSync('/proc/self/mem', 'r');
  try {
    const bytes = bufferFrom(new ArrayBuffer(LONGEST_PATH), 0, LONGEST_PATH);
    const read = readSync(memory, bytes, 0, LONGEST_PATH, address);
    let end = 0;
    while (end < read && bytes[end] !== 0) end++;
    return end < read ? textOf(bytes, 'utf8', 0, end) : '';
  } finally {
    closeSync(memory);
  }
}
