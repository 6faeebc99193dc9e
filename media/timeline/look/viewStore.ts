// Keeps how the person looks: every action goes through here, and what it changes is drawn, and remembered a little later.
import { carried } from './carried';
import { type Remembered, restored } from './remembered';
import { type Action, initialView, reduce, type ViewState } from './view';

const REMEMBER_AFTER_MS = 200;

/** What is looked at. */
export interface Subject {
  session: string;
  /** Undefined: the latest run. */
  run: number | undefined;
}

export class ViewStore {
  private shown: ViewState = initialView;
  private timer: number | undefined;

  /** `changed` is called after every action that changed something. */
  constructor(
    private readonly subject: () => Subject | undefined,
    private readonly changed: () => void,
    private readonly remember: (state: Remembered) => void,
  ) {}

  get view(): ViewState {
    return this.shown;
  }

  dispatch(action: Action): void {
    const next = reduce(this.shown, action);
    if (next === this.shown) return;
    this.shown = next;
    this.rememberSoon();
    this.changed();
  }

  /** What time and size do by themselves: it is drawn anyway, and not worth to be remembered. */
  keepUp(action: Extract<Action, { kind: 'look' }>): void {
    this.shown = reduce(this.shown, action);
  }

  /** Starts with what was remembered of the session; returns the run that was looked at. */
  start(session: string, remembered: unknown): { run: number | undefined } | undefined {
    const found = restored(remembered, session);
    this.shown = found?.view ?? initialView;
    return found && { run: found.run };
  }

  /** Goes on with the same threads, among others or by themselves again (see `carried`). */
  carry(by: number, isThere: (key: string) => boolean): void {
    this.shown = carried(this.shown, by, isThere);
    this.rememberSoon();
  }

  private rememberSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const subject = this.subject();
      if (subject) this.remember({ version: 1, ...subject, view: this.shown });
    }, REMEMBER_AFTER_MS);
  }
}
