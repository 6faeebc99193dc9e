// Colours as numbers. Pure. They are mixed in linear light, so that a mixture is as bright as its parts are together.

/** Red, green and blue in linear light, 0 to 1, and how opaque it is. */
export type Color = readonly [r: number, g: number, b: number, alpha: number];

export const CLEAR: Color = [0, 0, 0, 0];

/** Reads what the browser computes for `color`: rgb(), rgba() and color(srgb …). Clear where it reads as nothing. */
export function colorOf(css: string): Color {
  const numbers = (css.match(/[\d.]+(?:e-?\d+)?%?/g) ?? []).map((text) =>
    text.endsWith('%') ? parseFloat(text) / 100 : Number(text),
  );
  if (css.startsWith('#')) return hexColor(css.slice(1));
  if (numbers.length < 3) return CLEAR;
  const size = css.startsWith('color(') ? 1 : 255;
  const [r, g, b] = numbers.slice(0, 3).map((value) => toLinear(value / size));
  return [r!, g!, b!, numbers[3] ?? 1];
}

function hexColor(digits: string): Color {
  const bytes = digits.match(/../g)?.map((pair) => parseInt(pair, 16) / 255) ?? [];
  const [r = 0, g = 0, b = 0, alpha = 1] = bytes;
  return [toLinear(r), toLinear(g), toLinear(b), alpha];
}

/** `share` of `a` and the rest of `b`, by what each lets through. */
export function mixed(a: Color, b: Color, share: number): Color {
  const [wa, wb] = [a[3] * share, b[3] * (1 - share)];
  const alpha = wa + wb;
  if (alpha === 0) return CLEAR;
  const part = (i: 0 | 1 | 2): number => (a[i] * wa + b[i] * wb) / alpha;
  return [part(0), part(1), part(2), alpha];
}

/** `top` laid over an opaque background. */
export const over = (top: Color, background: Color): Color => mixed([top[0], top[1], top[2], 1], background, top[3]);

export function faded(color: Color, share: number): Color {
  return [color[0], color[1], color[2], color[3] * share];
}

const texts = new WeakMap<Color, string>();

export function cssOf(color: Color): string {
  let text = texts.get(color);
  if (text === undefined) texts.set(color, (text = written(color)));
  return text;
}

function written([r, g, b, alpha]: Color): string {
  const byte = (value: number): number => Math.round(toGamma(value) * 255);
  return `rgba(${byte(r)},${byte(g)},${byte(b)},${Math.round(alpha * 1000) / 1000})`;
}

export const toLinear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
export const toGamma = (c: number): number => (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055);

/** As WCAG counts it. */
export function contrast(a: Color, b: Color): number {
  const luminance = ([r, g, blue]: Color): number => 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
