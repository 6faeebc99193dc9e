// What one place looks at: one question at a time is under way and only the newest waits, however fast a person moves;
// and while things go on, the place hears at most every so often that it should look again.
import type { SessionId, ToTimeline } from '../../protocol/timelineMessages';
import type { Look, Seen } from '../../protocol/tracks';

const CHANGED_EVERY_MS = 100;

type See = (session: SessionId, look: Look) => Promise<Seen | undefined>;

export class Looking {
  private isAsking = false;
  private waiting: { session: SessionId; look: Look } | undefined;
  /** The session it looked at last. */
  private session: SessionId | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStale = false;

  constructor(
    private readonly see: See,
    private readonly send: (message: ToTimeline) => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  look(session: SessionId, look: Look): void {
    if (session !== this.session) this.isStale = false; // it sees all that there is of that one
    this.session = session;
    this.waiting = { session, look };
    if (!this.isAsking) void this.ask();
  }

  /** Something is new in a session. */
  changed(session: SessionId): void {
    if (session !== this.session) return;
    if (this.timer) this.isStale = true;
    else this.tell(session);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.session = this.waiting = undefined;
  }

  private async ask(): Promise<void> {
    this.isAsking = true;
    try {
      while (this.waiting) {
        const { session, look } = this.waiting;
        this.waiting = undefined;
        await this.answer(session, look);
      }
    } finally {
      this.isAsking = false;
    }
  }

  private async answer(session: SessionId, look: Look): Promise<void> {
    try {
      const seen = await this.see(session, look);
      if (seen && session === this.session) this.send({ kind: 'seen', session, seen });
    } catch (error) {
      this.failed(error);
    }
  }

  private tell(session: SessionId): void {
    this.send({ kind: 'tracks-changed', session });
    this.isStale = false;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.isStale && this.session !== undefined) this.tell(this.session);
    }, CHANGED_EVERY_MS);
  }
}
