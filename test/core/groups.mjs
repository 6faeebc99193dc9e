// Processes that lead a group of their own, with all that they start: none outlives this process.

/** @type {Set<number>} leaders of the groups that run */
const groups = new Set();
process.once('exit', () => groups.forEach(endGroup));

/**
 * How it failed, or ''. Its group is ended with it, and after `deadline` ms.
 * @param {import('node:child_process').ChildProcess} child detached
 * @param {number} deadline
 * @returns {Promise<string>} rejects when it cannot be started
 */
export function failureOf(child, deadline) {
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

/** @param {number} leader */
function endGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // All have ended.
  }
}
