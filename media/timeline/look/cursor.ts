// A moment that a person has chosen: what each thread was then is shown, and the host hears of it. It can be played: then it
// goes through what is in view.

/** What is in view takes so long to be played, in ms. */
const PLAYED_IN_MS = 12_000;
/** The host hears of a cursor that moves no oftener. */
const TELL_EVERY_MS = 50;

export interface CursorContext {
  /** µs since the run began, of what is in view. */
  window(): { start: number; end: number };
  /** µs that the run has lasted. */
  length(): number;
  redraw(): void;
  /** µs since the run began; undefined: there is no cursor any more. */
  tell(at: number | undefined): void;
}

export class Cursor {
  private moment: number | undefined;
  private told: number | undefined;
  /** When it was moved by playing last, in ms of the page; undefined: it stands. */
  private playedAt: number | undefined;
  private timer: number | undefined;

  constructor(private readonly context: CursorContext) {}

  /** µs since the run began. */
  get at(): number | undefined {
    return this.moment;
  }

  get isPlaying(): boolean {
    return this.playedAt !== undefined;
  }

  /** Outside of the run there is no moment to be shown. */
  put(at: number | undefined): void {
    this.playedAt = undefined;
    this.move(at === undefined ? undefined : Math.min(Math.max(at, 0), this.context.length()));
  }

  /** @param share of what is in view; without a cursor one is put into its middle first */
  step(share: number): void {
    const { start, end } = this.context.window();
    const from = this.moment ?? (start + end) / 2;
    this.put(from + (end - start) * share);
  }

  /** From the cursor on, or from the beginning of what is in view; once more, and it stops. */
  play(now: number): void {
    if (this.isPlaying) return void (this.playedAt = undefined);
    const { start, end } = this.context.window();
    const last = Math.min(end, this.context.length());
    const goesOn = this.moment !== undefined && this.moment >= start && this.moment < last;
    this.move(goesOn ? this.moment : Math.max(start, 0));
    this.playedAt = now;
  }

  /** Called with each picture, so that what is played goes on. */
  keepUp(now: number): void {
    if (this.playedAt === undefined || this.moment === undefined) return;
    const { start, end } = this.context.window();
    const last = Math.min(end, this.context.length());
    const at = this.moment + ((now - this.playedAt) / PLAYED_IN_MS) * (end - start);
    this.playedAt = at < last ? now : undefined;
    this.move(Math.min(at, last));
  }

  /** The same moment of another run, which began so many µs earlier: the host hears of it anew. */
  carry(by: number): void {
    if (this.moment === undefined) return;
    const at = this.moment + by;
    this.moment = this.told = undefined;
    this.put(at);
  }

  private move(at: number | undefined): void {
    if (at === this.moment) return;
    this.moment = at;
    this.context.redraw();
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.told !== this.moment) this.context.tell((this.told = this.moment));
    }, TELL_EVERY_MS);
  }
}
