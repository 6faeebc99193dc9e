// Which processes the numbers of processes mean.
import { fs } from './builtins';

const { readlinkSync } = fs;

/** Where the system counts them apart for each container. */
export function namespaceOfPids(): { namespace?: string } {
  if (process.platform !== 'linux') return {};
  try {
    return { namespace: readlinkSync('/proc/self/ns/pid') };
  } catch {
    return {}; // no /proc, or the program may not read there
  }
}
