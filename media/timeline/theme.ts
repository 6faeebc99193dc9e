// What the style sheet alone cannot do: patterns, shapes that are shared, and what the person prefers. Colours come from
// the editor's theme through the style sheet.
import { select } from 'd3-selection';

export const DAEMON_HATCH = 'tl-daemon-hatch';
export const UNKNOWN_HATCH = 'tl-unknown-hatch';

/** px between two stripes */
const STRIPE_PX = 6;

/** Patterns are shared by all lanes; their strokes take colour and, in high contrast, width from the style sheet. */
export function addPatterns(parent: HTMLElement): void {
  const defs = select(parent).append('svg').attr('class', 'patterns').attr('aria-hidden', 'true').append('defs');
  for (const id of [DAEMON_HATCH, UNKNOWN_HATCH]) {
    const pattern = defs
      .append('pattern')
      .attr('id', id)
      .attr('class', id)
      .attr('patternUnits', 'userSpaceOnUse')
      .attr('width', STRIPE_PX)
      .attr('height', STRIPE_PX)
      .attr('patternTransform', 'rotate(45)');
    pattern.append('rect').attr('class', 'ground').attr('width', STRIPE_PX).attr('height', STRIPE_PX);
    pattern.append('line').attr('class', 'stripe').attr('x1', 1.5).attr('x2', 1.5).attr('y2', STRIPE_PX);
  }
}

const motion = matchMedia('(prefers-reduced-motion: reduce)');
export const prefersReducedMotion = (): boolean => motion.matches;
