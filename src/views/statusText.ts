// What the status bar says of the session that is shown. Pure.
import type { Snapshot } from '../protocol/picture';

export interface StatusText {
  /** With icons of the editor, as $(name). */
  text: string;
  tooltip: string;
  warns: boolean;
}

/** Main may be done for a moment at any time, in µs. */
const DONE_FOR = 1e6;
const LONGEST_HOLDER = 40;

/** Undefined when there is nothing to say: a session that is over, without findings. */
export function statusText({ findings, processes, threads, now, complete }: Snapshot): StatusText | undefined {
  const several = `${findings.length} finding${findings.length === 1 ? '' : 's'}`;
  if (complete)
    return findings.length === 0
      ? undefined
      : { text: `$(warning) ${several}`, tooltip: 'Show the timeline: what went wrong with the threads', warns: false };
  const waiting = processes.find(
    ({ over, alive }) => !over && alive?.waitingSince !== undefined && now - alive.waitingSince >= DONE_FOR,
  );
  const [holder] = waiting?.alive?.holders ?? [];
  if (holder) {
    const { length } = waiting!.alive!.holders;
    const more = length > 1 ? ` and ${length - 1} more` : '';
    const warns = waiting!.alive!.stuck;
    const tooltip = warns ? 'Main is done, and nothing that can be seen can wake any thread' : 'Main is done';
    return { text: `$(watch) Alive because: ${plain(holder.what)}${more}`, tooltip, warns };
  }
  const live = threads.filter(({ state }) => state !== 'ended' && state !== 'lost-contact').length;
  const found = findings.length > 0 ? `, ${several}` : '';
  const text = `$(pulse) ${live} thread${live === 1 ? '' : 's'}${found}`;
  return { text, tooltip: 'Show the timeline of the threads', warns: false };
}

/** A thread may be named like an icon, or like half a page. */
function plain(text: string): string {
  const shown = text.replace(/\$\(/g, '$ (').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
  return shown.length > LONGEST_HOLDER ? `${shown.slice(0, LONGEST_HOLDER)}…` : shown;
}
