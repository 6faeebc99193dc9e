// Runs a program in its own process group, with all that it starts, until its end or a deadline.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { failureOf } from '../groups.mjs';

/** A test that loops takes all memory otherwise. */
const MOST_MEMORY_KIB = 6 * 1024 * 1024;

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
  return failureOf(child, deadline);
}
