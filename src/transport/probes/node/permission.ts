// Node's permission model, under which the probe can do nothing without leave.
import * as path from 'node:path';
import { t } from '../../../common/l10n';
import { SPOOL_PREFIX } from '../../../protocol/spool';
import type { Started } from '../probe';

const PERMISSION = /^--(experimental-)?permission$/;

/**
 * What leave the program needs; undefined when it is not started under the model.
 * @param spool the session's spool folder; the next session's begins alike
 */
export function permissionText({ words, env }: Started, probe: string, spool: string): string | undefined {
  const all = [...words, ...(env['NODE_OPTIONS'] ?? '').split(/\s+/)];
  if (!all.some((word) => PERMISSION.test(word))) return undefined;
  const spools = path.join(path.dirname(spool), SPOOL_PREFIX);
  return t(
    'The program runs under Node’s permission model and is not allowed to record what its threads do. To see them, start it with {0}',
    `--allow-fs-read=${path.dirname(probe)}/* --allow-fs-write=${spools}*`,
  );
}
