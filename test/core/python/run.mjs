// Runs a program in its own process group, with all that it starts, until its end or a deadline.
import { spawn } from 'node:child_process';
import fs from 'node:fs';

/** A test that loops takes all memory otherwise. */
const MOST_MEMORY_KIB = 6 * 1024 * 1024;

/** @type {Set<number>} leaders of the groups that run */
const groups = new Set();
process.once('exit', () => groups.forEach(endGroup));
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(name, () => process.exit(1));

/**
 * Output goes to a file: a process that is left behind would hold a pipe open. Signals that our own process ignores have
 * their effect again in what Node starts.
 * @param {string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, output: string, deadline: number, input?: string }} options
 * @returns {Promise<string>} how it failed, or ''
 */
export function run(command, { cwd, env, output, deadline, input }) {
  const said = fs.openSync(output, 'a');
  const read = fs.openSync(input ?? '/dev/null', 'r');
  const limited = ['-c', `ulimit -v ${MOST_MEMORY_KIB}; exec "$@"`, 'sh', ...command];
  const child = spawn('sh', limited, { cwd, env, stdio: [read, said, said], detached: true });
  fs.closeSync(said);
  fs.closeSync(read);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    const { pid } = child;
    if (pid === undefined) return;
    groups.add(pid);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      endGroup(pid);
    }, deadline);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      endGroup(pid);
      groups.delete(pid);
      if (late) resolve(`not finished after ${deadline / 1000} s`);
      else resolve(code === 0 ? '' : `ended by ${signal ?? `exit code ${code}`}`);
    });
  });
}

/** A program, and all that it leaves behind. @param {number} leader */
function endGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // All have ended.
  }
}
