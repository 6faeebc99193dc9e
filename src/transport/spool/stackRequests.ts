// Asks the probe of a process for the stacks of its threads, by a file beside its spool file. Needs no debugger.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../common/humanError';
import { REQUEST_SUFFIX } from '../../protocol/spool';

/** A thread that waits looks for requests once a second, and Node's main more rarely where it has very many workers; in ms. */
export const ANSWERED_WITHIN = 5_000;
const LOOK_EVERY = 50;

/**
 * Returns whether the process has answered: it has written what it knows into its spool file by then. Throws where the
 * request cannot be written.
 * @param key of the process
 */
export async function askForStacks(folder: string, key: string): Promise<boolean> {
  const file = path.join(folder, key + REQUEST_SUFFIX);
  write(file);
  for (const end = Date.now() + ANSWERED_WITHIN; Date.now() < end;) {
    if (!fs.existsSync(file)) return true;
    await sleep(LOOK_EVERY);
  }
  fs.rmSync(file, { force: true });
  return false;
}

/** Somebody else may ask at the same time. */
function write(file: string): void {
  try {
    fs.writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
