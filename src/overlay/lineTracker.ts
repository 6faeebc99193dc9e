// Where the lines of a file that ran have gone since, while it is edited: a line that reads as it did is followed, any other
// has no place until it reads so again. Pure.

interface Line {
  text: string;
  /** Number of the line that ran, from 1; 0: none. */
  ran: number;
}

export class LineTracker {
  private readonly lines: Line[];
  private places: Map<number, number> | undefined;

  /** @param ran the file's lines as they ran */
  constructor(private readonly ran: readonly string[]) {
    this.lines = ran.map((text, i) => ({ text, ran: i + 1 }));
  }

  /** The lines from `first` to `last`, counted from 0, are now these. */
  replace(first: number, last: number, texts: readonly string[]): void {
    const old = this.lines.slice(first, last + 1);
    const fresh: Line[] = texts.map((text) => ({ text, ran: 0 }));
    const most = Math.min(old.length, fresh.length);
    let head = 0;
    while (head < most && old[head]!.text === fresh[head]!.text) head++;
    let tail = 0;
    while (tail < most - head && old.at(-1 - tail)!.text === fresh.at(-1 - tail)!.text) tail++;
    for (let i = 0; i < fresh.length; i++) {
      const before = i < fresh.length - tail ? old[i] : old[old.length - (fresh.length - i)];
      // One in between may be a line that is being typed in: it is that line again when it reads as before.
      if (before && (i < old.length - tail || i >= fresh.length - tail)) fresh[i]!.ran = before.ran;
    }
    this.lines.splice(first, old.length, ...fresh);
    this.places = undefined;
  }

  /** Where it is now, from 1; undefined where it is not to be found. */
  placeOf(line: number): number | undefined {
    this.places ??= this.findPlaces();
    return this.places.get(line);
  }

  /** Which line of the run is there; counted from 1. */
  ranAt(place: number): number | undefined {
    const line = this.lines[place - 1];
    return line && this.isAsItRan(line) ? line.ran : undefined;
  }

  private findPlaces(): Map<number, number> {
    const places = new Map<number, number>();
    this.lines.forEach((line, i) => {
      if (this.isAsItRan(line)) places.set(line.ran, i + 1);
    });
    return places;
  }

  private isAsItRan({ text, ran }: Line): boolean {
    return ran > 0 && this.ran[ran - 1] === text;
  }
}
