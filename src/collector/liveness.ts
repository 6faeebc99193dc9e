// Which processes of a spool still run.
import * as fs from 'node:fs';
import { isAlive } from '../transport/spool/spool';

/** The number of a process does not tell for ever which one it is: numbers come again. Their starts do not. */
export class Liveness {
  private readonly starts = new Map<string, string | undefined>();

  /** @param p process key */
  runs(p: string, pid: number): boolean {
    if (!isAlive(pid)) return false;
    const start = startOf(pid);
    if (!this.starts.has(p)) this.starts.set(p, start);
    return this.starts.get(p) === start;
  }

  /** Whether a process of this namespace may have the same number as another here: of such a one nothing can be seen. */
  isElsewhere(namespace: string | undefined): boolean {
    return namespace !== undefined && HERE !== undefined && namespace !== HERE;
  }

  forget(p: string): void {
    this.starts.delete(p);
  }
}

/** Within which pids are counted that we see, where there is more than one such namespace. */
const HERE = ((): string | undefined => {
  try {
    return fs.readlinkSync('/proc/self/ns/pid');
  } catch {
    return undefined;
  }
})();

/** Field 22 of `man 5 proc_pid_stat`, where there is one. */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
