// What a launch configuration says of the program's environment, read as js-debug reads it.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'dotenv';

export interface EnvironmentOptions {
  /** `null` removes a variable. */
  env?: Record<string, string | null>;
  /** Relative to the working folder; `env` wins over it. */
  envFile?: string;
}

/** Throws when the file cannot be read. */
export const readEnvFile = (file: string): Record<string, string> => parse(fs.readFileSync(file));

/**
 * The NODE_OPTIONS that the program would get without us.
 * @param inherited the environment that the debugger itself runs in
 */
export function ownNodeOptions(
  { env, envFile }: EnvironmentOptions,
  cwd: string,
  inherited: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const own = env?.['NODE_OPTIONS'];
  if (own !== undefined) return own ?? undefined;
  const fromFile = envFile ? readEnvFile(path.resolve(cwd, envFile)) : {};
  return fromFile['NODE_OPTIONS'] ?? inherited['NODE_OPTIONS'];
}
