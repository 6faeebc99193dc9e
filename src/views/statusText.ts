// What the status bar says of the session that is shown. Pure.
import { t, tally } from '../common/l10n';
import { forLabel } from '../common/untrusted';
import { outcomeOf, outlivesMain, type Outcome } from '../model/report/outcome';
import { isTooling, type Alive, type ProcessPicture, type Snapshot } from '../protocol/picture';

export interface StatusText {
  /** With icons of the editor, as $(name). */
  text: string;
  tooltip: string;
  warns: boolean;
}

/** Main may be done for a moment at any time, in µs. */
const DONE_FOR = 1e6;
const LONGEST_HOLDER = 40;
const HOLDERS_NAMED = 3;
const LONGEST_VERDICT = 60;
/** Of all that there is to it. */
const LONGEST_TEXT = 80;
const LONGEST_TOOLTIP = 600;

/** Undefined when there is nothing to say: no program of the session reported anything. */
export function statusText(snapshot: Snapshot): StatusText | undefined {
  const { findings, processes, threads, now, complete } = snapshot;
  const several = tally(findings.length, '{0} finding', '{0} findings');
  if (complete) return processes.length === 0 ? undefined : verdictOn(snapshot);
  if (processes.some((process) => outlivesMain(process, now))) {
    const [text, tooltip] = [
      t('Main has ended, and the process is still there'),
      t('Show the timeline of the threads'),
    ];
    return { text: `$(watch) ${text}`, tooltip, warns: true };
  }
  const still = processes.find(({ over, alive }) => !over && alive?.main && now - alive.main.since >= DONE_FOR)?.alive;
  if (still?.main) return standsStill(still.main, still.stuck);
  const waiting = processes.find(
    ({ over, alive }) => !over && alive?.waitingSince !== undefined && now - alive.waitingSince >= DONE_FOR,
  );
  const [holder] = waiting?.alive?.holders ?? [];
  if (holder) {
    const warns = waiting!.alive!.stuck;
    const tooltip = warns
      ? t('Main is done, and as far as can be seen, nothing can wake any thread')
      : t('Main is done');
    return {
      text: `$(watch) ${aliveText(forLabel(holder.what, LONGEST_HOLDER), waiting!.alive!.holders.length - 1)}`,
      tooltip,
      warns,
    };
  }
  const own = threads.filter((thread) => !isTooling(thread));
  const live = own.filter(({ state }) => state !== 'ended' && state !== 'lost-contact').length;
  const found = findings.length > 0 ? `, ${several}` : '';
  const text = `$(pulse) ${t('{0} live', live)}${found}`;
  return { text, tooltip: holdersText(processes) ?? t('Show the timeline of the threads'), warns: false };
}

const ICONS: Record<Outcome['severity'], string> = {
  error: '$(error)',
  warning: '$(warning)',
  info: '$(pass)',
  unknown: '$(question)',
};

/** How it came out. The background stays as it is: nothing is to be done in a hurry any more. */
function verdictOn(snapshot: Snapshot): StatusText {
  const { severity, headline, brief, text } = outcomeOf(snapshot);
  const short = brief !== undefined && headline.length > LONGEST_VERDICT ? brief : headline;
  return {
    text: `${ICONS[severity]} ${verdictText(short, text)}`,
    tooltip: forLabel(text, LONGEST_TOOLTIP),
    warns: false,
  };
}

/** All of it where there is room, so that a sign of warning has its reason beside it. */
const verdictText = (headline: string, text: string): string =>
  text.length <= LONGEST_TEXT
    ? forLabel(text.replace(/\.$/, ''), LONGEST_TEXT)
    : forLabel(headline.replace(/\.$/, ''), LONGEST_VERDICT);

/** What keeps the processes alive that have not ended, as far as it is known; their names are the program's. */
function holdersText(processes: readonly ProcessPicture[]): string | undefined {
  const names = processes
    .filter(({ over }) => !over)
    .flatMap(({ alive }) => (alive?.holders ?? []).map(({ what }) => forLabel(what, LONGEST_HOLDER)));
  if (names.length === 0) return undefined;
  const [shown, more] = [names.slice(0, HOLDERS_NAMED).join(', '), names.length - HOLDERS_NAMED];
  return more > 0 ? t('Alive because of {0} and {1} more', shown, more) : t('Alive because of {0}', shown);
}

const standsStill = ({ call }: NonNullable<Alive['main']>, stuck: boolean): StatusText => ({
  text: `$(watch) ${call === undefined ? t('Main’s event loop does not turn') : t('Main waits in {0}', forLabel(call, LONGEST_HOLDER))}`,
  tooltip: stuck
    ? t('As far as can be seen, nothing can wake any thread')
    : t('Meanwhile main receives no messages and runs no timers'),
  warns: stuck,
});

const aliveText = (holder: string, others: number): string =>
  others > 0 ? t('Alive because of {0} and {1} more', holder, others) : t('Alive because of {0}', holder);
