// What is kept of threads that ended long ago: sums, by the line that started them. Pure.
import type { EndedBy, Finding } from '../../protocol/picture';
import type { Site } from '../../protocol/probeEvents';
import type { RuleId, Severity } from '../../protocol/rules';

/** What a rule said of one of them, and of how many of them it said so. */
export interface EarlierVerdict {
  rule: RuleId;
  t: number;
  text: string;
  count: number;
  at?: Site | undefined;
  severity?: Severity;
  advice?: string;
  related?: Finding['related'];
}

/** Threads that one line started, below one owner. Times are µs. */
export interface EarlierGroup {
  /** Unique in its process. */
  key: string;
  label: string;
  file?: string;
  at?: Site;
  count: number;
  /** How many of them were the main threads of processes that ended long ago. */
  processes: number;
  endings: Map<EndedBy, number>;
  /** How many ended by an error that is no uncaught one of theirs: a listener heard of it, or it was that of a thread that they had started. */
  heard: number;
  /** How many did not keep the process alive when they ended. */
  daemons: number;
  /** Id and start of the first. */
  firstId: number;
  first: number;
  /** End of the last. */
  last: number;
  /** How long they lived. */
  shortest: number;
  longest: number;
  total: number;
  /** The most that were busy at once. */
  mostBusy: number;
  /** Records of their activity that were dropped. */
  dropped: number;
  verdicts: Map<RuleId, EarlierVerdict>;
}

/** Starts of one line, as far as they are needed to tell whether it started too many; times are µs. */
export interface EarlierStarts {
  at: Site;
  count: number;
  /** How many lived for a short time only. */
  short: number;
  first: number;
  last: number;
  /** Ascending: those that may yet be among too many. */
  recent: number[];
  /** When there had been too many. */
  since?: number;
}

export interface EarlierHold {
  from: number;
  to: number;
  label: string;
}

export interface EarlierFacts {
  ids: IdRanges;
  /** Holes in the numbering of their records. */
  missing: number;
  /** By the id of the nearest owner that is still kept (undefined: not known), then by what started them. */
  groups: Map<number | undefined, Map<string, EarlierGroup>>;
  /** How many groups there have been. */
  made: number;
  /** By file and line. */
  lines: Map<string, EarlierStarts>;
  /** When they kept the process alive; of very many, the latest. */
  holds: EarlierHold[];
}

export const noEarlier = (): EarlierFacts => ({
  ids: new IdRanges(),
  missing: 0,
  groups: new Map(),
  made: 0,
  lines: new Map(),
  holds: [],
});

/** Ids come one after the other, so those that are gone lie in few ranges. */
export class IdRanges {
  /** Ascending, with a hole between each two: first and last of each. */
  private readonly firsts: number[] = [];
  private readonly lasts: number[] = [];

  get ranges(): number {
    return this.firsts.length;
  }

  has(id: number): boolean {
    const i = this.at(id);
    return i >= 0 && id <= this.lasts[i]!;
  }

  add(id: number): void {
    const i = this.at(id);
    if (i >= 0 && id <= this.lasts[i]!) return;
    const joinsLast = i >= 0 && this.lasts[i] === id - 1;
    const joinsNext = this.firsts[i + 1] === id + 1;
    if (joinsLast && joinsNext) {
      this.lasts[i] = this.lasts[i + 1]!;
      this.firsts.splice(i + 1, 1);
      this.lasts.splice(i + 1, 1);
    } else if (joinsLast) this.lasts[i] = id;
    else if (joinsNext) this.firsts[i + 1] = id;
    else {
      this.firsts.splice(i + 1, 0, id);
      this.lasts.splice(i + 1, 0, id);
    }
  }

  /** Index of the last range that begins at `id` or before; -1: none does. */
  private at(id: number): number {
    let low = 0;
    let high = this.firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.firsts[middle]! <= id) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
