// Where the bench looks: into the middle, to and fro, and out again. Every chart makes the same moves.

const ZOOM = 1.5;
const PAN = 0.25;
const moves = (/** @type {number} */ count, /** @type {Move} */ move) => Array.from({ length: count }, () => move);

/** @typedef {{ zoom: number } | { pan: number }} Move factor about the middle, or share of what is in view */
/** @type {Move[]} */
export const MOVES = [
  ...moves(12, { zoom: ZOOM }),
  ...moves(8, { pan: PAN }),
  ...moves(8, { pan: -PAN }),
  ...moves(12, { zoom: 1 / ZOOM }),
];

/** @param {[number, number]} window @param {Move} move @returns {[number, number]} */
export function moved([start, end], move) {
  if ('pan' in move) {
    const by = (end - start) * move.pan;
    return [start + by, end + by];
  }
  const [middle, half] = [(start + end) / 2, (end - start) / 2 / move.zoom];
  return [middle - half, middle + half];
}

/**
 * With the wheel, as a person does whose pointer is in the middle.
 * @param {import('playwright-core').Page} page @param {Move} move @param {{ width: number }} area
 */
export async function wheel(page, move, area) {
  if ('pan' in move) await page.mouse.wheel(move.pan * area.width, 0);
  else await page.mouse.wheel(0, -Math.log2(move.zoom) * 500);
}
