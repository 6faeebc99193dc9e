// When to draw: at most once a frame, no oftener than there is something to see, and not at all while nothing changes.
import { prefersReducedMotion } from './motion';

/** Time goes on in steps this long for those who asked for less motion. */
const CALM_STEP_MS = 1000;
/** Smooth to the eye at half the cost of every frame: what a person does is drawn at once all the same. */
const LEAST_STEP_MS = 33;
/** Clocks and numbers go on too. */
const MOST_STEP_MS = 250;

export class Frames {
  private asked = false;
  private timer: number | undefined;

  /** `draw` returns after how many ms time has moved what it drew; undefined: it does not go on. */
  constructor(private readonly draw: () => number | undefined) {
    document.addEventListener('visibilitychange', () => this.ask());
  }

  ask(): void {
    if (this.asked) return;
    this.asked = true;
    clearTimeout(this.timer);
    requestAnimationFrame(() => {
      this.asked = false;
      const step = this.draw();
      if (step !== undefined && document.visibilityState === 'visible') this.askAfter(step);
    });
  }

  private askAfter(step: number): void {
    const wait = prefersReducedMotion() ? CALM_STEP_MS : Math.min(Math.max(step, LEAST_STEP_MS), MOST_STEP_MS);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), wait);
  }
}
