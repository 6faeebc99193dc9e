// Child processes, in words that all runtimes share. Pure.
import { t } from '../../common/l10n';
import type { Thing } from '../../protocol/probeEvents';

const LONGEST_COMMAND = 60;

export function childPhrase({ pid, command }: Thing): string {
  const short = command === undefined ? undefined : shortened(command);
  if (pid === undefined) return short === undefined ? t('a child process') : t('a child process ({0})', short);
  return short === undefined ? t('child process {0}', String(pid)) : t('child process {0} ({1})', String(pid), short);
}

/** Without the folder of what runs. */
function shortened(command: string): string {
  const text = command.replace(/^[^ ]*[\\/](?=[^ \\/]+( |$))/, '');
  return text.length > LONGEST_COMMAND ? `${text.slice(0, LONGEST_COMMAND - 1)}…` : text;
}
