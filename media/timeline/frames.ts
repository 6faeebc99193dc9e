// When to draw: at most once a frame, and not at all while nothing changes.
import { prefersReducedMotion } from './theme';

/** Time goes on in steps this long for those who asked for less motion. */
const CALM_STEP_MS = 1000;

export class Frames {
  private asked = false;
  private calmTimer: number | undefined;

  /** `draw` returns whether time goes on in what it drew. */
  constructor(private readonly draw: () => boolean) {
    document.addEventListener('visibilitychange', () => this.ask());
  }

  ask(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      if (this.draw() && document.visibilityState === 'visible') this.askNext();
    });
  }

  private askNext(): void {
    if (!prefersReducedMotion()) return this.ask();
    clearTimeout(this.calmTimer);
    this.calmTimer = setTimeout(() => this.ask(), CALM_STEP_MS);
  }
}
