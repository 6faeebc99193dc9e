// `env`: the variables that bring the probe into programs that someone else starts.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { HumanError, errorCode, messageOf } from '../common/humanError';
import type { ActivitySettings } from '../protocol/spool';
import { makeFolders } from '../transport/makeFolders';
import { probeVariables } from '../transport/probes/probes';

/** Where the programs write by default, below the working folder. */
const DEFAULT_FOLDER = 'thread-lifelines';

/** Makes the folder and prints `NAME=value` lines for it. Throws a HumanError when nothing could be written there. */
export function printEnvironment({ out, ...settings }: ActivitySettings & { out?: string }): number {
  const folder = path.resolve(out ?? DEFAULT_FOLDER);
  try {
    makeFolders(folder, 0o700);
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (error) {
    throw new HumanError(
      `Programs could not write to ${folder} (${errorCode(error) ?? messageOf(error)}); choose another folder with --out.`,
    );
  }
  const variables = probeVariables({ bundles: __dirname, spool: folder, settings }, process.env);
  for (const [name, value] of Object.entries(variables)) process.stdout.write(`${name}=${value}\n`);
  return 0;
}
