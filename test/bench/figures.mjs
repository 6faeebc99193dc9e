// How figures are made of measurements, and how they are printed.

/** The value below which that share of the numbers lies. @param {number[]} numbers @param {number} share */
export const quantile = (numbers, share) =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? NaN;

/** @param {number[]} numbers */
export const median = (numbers) => quantile(numbers, 0.5);

/** How often medians are taken of numbers drawn from those measured, to see how far chance moves their ratio. */
const DRAWS = 2000;

/**
 * Between which two numbers the ratio of the medians lies, as far as chance goes: in 95 of 100 draws.
 * @param {number[]} numbers @param {number[]} others @returns {[number, number]}
 */
export function ratioWithin(numbers, others) {
  const drawn = (/** @type {number[]} */ from) =>
    median(from.map(() => from[Math.floor(Math.random() * from.length)] ?? NaN));
  const ratios = Array.from({ length: DRAWS }, () => drawn(numbers) / drawn(others));
  return [quantile(ratios, 0.025), quantile(ratios, 0.975)];
}

/** @param {number | undefined} number */
export const shown = (number) => (number === undefined ? '' : number.toFixed(number < 10 ? 2 : number < 1000 ? 1 : 0));

/** @param {string[]} cells @param {number} [width] of all columns but the first */
export const row = (cells, width = 13) =>
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(38) : cell.padStart(width))).join(''));

/** @param {number} value @param {number} most */
export const within = (value, most) => `${value <= most ? 'within' : 'MISSES'} ${most}`;
