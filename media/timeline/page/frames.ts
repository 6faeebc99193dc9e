// When to draw: at most once a frame, no oftener than there is something to see, and not at all while nothing changes. A
// picture is made ready first, and waits a moment for what it asked of the host, so that one move is one draw.
import { PATIENCE_MS } from '../data/answers';
import { prefersReducedMotion } from './motion';

/** Time goes on in steps this long for those who asked for less motion. */
const CALM_STEP_MS = 1000;
/** Smooth to the eye at half the cost of every frame: what a person does is drawn at once all the same. */
const LEAST_STEP_MS = 33;
/** Clocks and numbers go on too. */
const MOST_STEP_MS = 250;
/** Within a gesture no picture waits: each shows what was answered to the one before it. */
const GESTURE_MS = 50;

export interface Pictures {
  /** Brings all up to this moment and asks what is not known; returns whether an answer is worth waiting for. */
  prepare(): boolean;
  /** Returns after how many ms time has moved what it drew; undefined: it does not go on. */
  draw(): number | undefined;
}

export class Frames {
  private isRequested = false;
  /** A person did something since a picture was made ready. */
  private isMoved = false;
  /** Time went on since, or there is news. */
  private isDue = false;
  private isWaiting = false;
  private timer: number | undefined;
  /** When it goes off. */
  private next = Infinity;
  private patience: number | undefined;
  /** When a picture was made ready, and when one was drawn. */
  private prepared = -Infinity;
  private drawn = -Infinity;

  constructor(private readonly pictures: Pictures) {
    document.addEventListener('visibilitychange', () => this.ask());
  }

  /** A person did something: the next frame shows it, or the one after that. */
  ask(): void {
    this.isMoved = true;
    this.request();
  }

  /** There is news: it need not be shown sooner than the eye sees. */
  hear(): void {
    if (!this.isDue) this.askAfter(LEAST_STEP_MS - (performance.now() - this.prepared));
  }

  /** What was asked for is there: nothing else has changed. */
  answered(): void {
    this.request();
  }

  private request(): void {
    if (this.isRequested) return;
    this.isRequested = true;
    requestAnimationFrame(() => this.frame());
  }

  private frame(): void {
    this.isRequested = false;
    if ((this.isMoved || this.isDue) && this.mustWait()) return;
    this.isWaiting = false;
    clearTimeout(this.patience);
    const step = this.pictures.draw();
    this.drawn = performance.now();
    if (step !== undefined && document.visibilityState === 'visible') this.goOnAfter(step);
  }

  private mustWait(): boolean {
    const now = performance.now();
    const isGesture = this.isMoved && now - this.drawn < GESTURE_MS;
    this.isMoved = this.isDue = false;
    clearTimeout(this.timer);
    this.next = Infinity;
    this.prepared = now;
    const isWorth = this.pictures.prepare();
    if (!isWorth || isGesture || this.isWaiting) return false;
    this.isWaiting = true;
    this.patience = setTimeout(() => this.request(), PATIENCE_MS);
    return true;
  }

  private goOnAfter(step: number): void {
    const wait = prefersReducedMotion() ? CALM_STEP_MS : Math.min(Math.max(step, LEAST_STEP_MS), MOST_STEP_MS);
    this.askAfter(wait - (this.drawn - this.prepared));
  }

  /** Unless that is to be sooner. */
  private askAfter(ms: number): void {
    const wait = Math.max(ms, 0);
    const at = performance.now() + wait;
    if (at >= this.next) return;
    this.next = at;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.next = Infinity;
      this.isDue = true;
      this.request();
    }, wait);
  }
}
