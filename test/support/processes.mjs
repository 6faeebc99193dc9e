// Runs in the tests' and `npm start`'s own process: built-ins only. Ends a process and everything it has started.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** Long enough for an editor to end its debug sessions and save its state. */
const GRACE_MS = 3000;

/**
 * Asks the process to end, and after a while makes it and all its descendants. The process must have been spawned
 * with `detached: true` on POSIX, so that it leads a group of its own. Harmless when it has ended already.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<void>} when all are gone
 */
export async function endTree(child) {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
    return;
  }
  // Collected while all are there: a terminal leads a group of its own, and is nobody's child once its parent is gone.
  const family = [pid, ...descendants(pid)];
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const late = setTimeout(() => signal(-pid, 'SIGKILL'), GRACE_MS);
    signal(pid, 'SIGTERM');
    await ended;
    clearTimeout(late);
  }
  for (const rest of [-pid, ...family.slice(1)]) signal(rest, 'SIGKILL');
}

/** @param {number} pid a process, or a group when negative @param {NodeJS.Signals} name */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}

/** @param {number} root */
function descendants(root) {
  const parents = parentsByPid();
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found.slice(1);
}

/** @returns {Map<number, number>} pid → pid of its parent */
function parentsByPid() {
  if (process.platform !== 'linux') {
    const lines = execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
    return new Map(lines.map((line) => /** @type {[number, number]} */ (line.trim().split(/\s+/).map(Number))));
  }
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(pids.map((pid) => [Number(pid), parentOf(pid)]));
}

/** @param {string} pid */
function parentOf(pid) {
  try {
    // pid (name) state ppid …, where the name may hold anything
    return Number(fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').pop()?.trim().split(' ')[1]);
  } catch {
    return 0; // it has just ended
  }
}
