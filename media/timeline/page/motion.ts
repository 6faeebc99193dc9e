// What the person prefers.

const motion = matchMedia('(prefers-reduced-motion: reduce)');
export const prefersReducedMotion = (): boolean => motion.matches;
