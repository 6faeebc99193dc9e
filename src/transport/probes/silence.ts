// Why nothing may be heard of a program, told in time and with what to do.
import * as path from 'node:path';
import { t } from '../../common/l10n';
import { SPOOL_PREFIX } from '../../protocol/spool';

const PERMISSION = /^--(experimental-)?permission$/;

export const silenceText = (words: string[], probe: string, spool: string): string =>
  permissionText(words, probe, spool) ??
  t(
    'The program has not reported any thread: it does not run on Node, it replaced NODE_OPTIONS, or it may not write to its spool folder. It runs as ever, but its threads cannot be shown.',
  );

/**
 * Undefined when the program is not started under Node's permission model.
 * @param words what it is started with: Node's arguments, and those in NODE_OPTIONS
 * @param spool the session's spool folder; the next session's begins alike
 */
export function permissionText(words: string[], probe: string, spool: string): string | undefined {
  if (!words.some((word) => PERMISSION.test(word))) return undefined;
  const spools = path.join(path.dirname(spool), SPOOL_PREFIX);
  return t(
    'The program runs under Node’s permission model, and may not write down what its threads do. To see them, start it with {0}',
    `--allow-fs-read=${path.dirname(probe)}/* --allow-fs-write=${spools}*`,
  );
}

export const wordsOf = (nodeOptions: string | undefined): string[] => (nodeOptions ?? '').split(/\s+/);
