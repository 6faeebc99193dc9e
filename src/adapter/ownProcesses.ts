// Ends processes of the program, and no others. Their numbers come from the spool, where the program may write what it likes,
// and one in a container writes numbers that mean others here. So the system is asked: what the session started carries the
// session's spool in its environment, whose path nobody else knows. Where the system does not say, nothing is ended.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { SPOOL_VARIABLE } from '../protocol/spool';
import { isAlive } from '../transport/spool/spool';

/** Sends the signal to those of `pids` that are the session's. Returns the others that live. */
export function endOwn(pids: readonly number[], spool: string, signal: NodeJS.Signals): number[] {
  const living = pids.filter(isAlive);
  const own = new Set(living.filter((pid) => wasGiven(pid, spool)));
  for (const pid of own) end(pid, signal);
  return living.filter((pid) => !own.has(pid));
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it is gone already
  }
}

/** Whether the process was started with this spool. */
function wasGiven(pid: number, spool: string): boolean {
  const variable = `${SPOOL_VARIABLE}=${spool}`;
  try {
    if (process.platform === 'linux')
      return fs.readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(variable);
    if (process.platform === 'darwin') return `${commandOf(pid)} `.includes(` ${variable} `);
  } catch {
    // another user's, or gone
  }
  return false;
}

/** Its command and, behind that, its environment. */
const commandOf = (pid: number): string =>
  execFileSync('/bin/ps', ['-E', '-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trimEnd();
