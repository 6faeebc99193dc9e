// How figures are made of measurements, and how they are printed.

/** The value below which that share of the numbers lies. @param {number[]} numbers @param {number} share */
export const quantile = (numbers, share) =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? NaN;

/** @param {number[]} numbers */
export const median = (numbers) => quantile(numbers, 0.5);

/** @param {number | undefined} number */
export const shown = (number) => (number === undefined ? '' : number.toFixed(number < 10 ? 2 : number < 1000 ? 1 : 0));

/** @param {string[]} cells @param {number} [width] of all columns but the first */
export const row = (cells, width = 13) =>
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(38) : cell.padStart(width))).join(''));

/** @param {number} value @param {number} most */
export const within = (value, most) => `${value <= most ? 'within' : 'MISSES'} ${most}`;
