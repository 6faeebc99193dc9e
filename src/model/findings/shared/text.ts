// Parts of sentences that rules share. Pure.
import { fixed, t } from '../../../common/l10n';
import type { ProcessFacts } from '../../facts/facts';

/** As short as it is clear: what lies below the working directory is named from there. */
export function fileText({ start }: ProcessFacts, file: string): string {
  const folder = start?.cwd ?? '';
  return folder && file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
}

/** In steps that read well; what is short is not none. */
export function secondsText(micros: number): string {
  const value = Math.max(0, micros) / 1e6;
  return t('{0} s', fixed(value, digitsOf(value)));
}

function digitsOf(value: number): number {
  if (value >= 10) return 0;
  if (value >= 0.1 || value === 0) return 1;
  return value >= 0.01 ? 2 : 3;
}
