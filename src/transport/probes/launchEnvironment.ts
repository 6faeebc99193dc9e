// What a launch configuration says of the program's environment, read as js-debug reads it.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'dotenv';
import { SPOOL_VARIABLE } from '../../protocol/spool';

export interface LaunchEnvironment {
  /** `null` removes a variable. */
  env?: Record<string, string | null>;
  /** Relative to the working folder; `env` wins over it. */
  envFile?: string;
}

/** Throws when the file cannot be read. */
export const readEnvFile = (file: string): Record<string, string> => parse(fs.readFileSync(file));

/**
 * A variable as the program would get it without us.
 * @param inherited the environment that the debugger itself runs in
 */
export function ownVariable(
  name: string,
  { env, envFile }: LaunchEnvironment,
  cwd: string,
  inherited: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const own = env?.[name];
  if (own !== undefined) return own ?? undefined;
  const fromFile = envFile ? readEnvFile(path.resolve(cwd, envFile)) : {};
  return fromFile[name] ?? inherited[name];
}

/** Where the program of such a session writes, when it has the probe: from us, from our own type, or by hand. */
export function spoolOf({ env }: Readonly<Record<string, unknown>>): string | undefined {
  const spool = (env as LaunchEnvironment['env'])?.[SPOOL_VARIABLE];
  return typeof spool === 'string' && spool !== '' ? spool : undefined;
}
