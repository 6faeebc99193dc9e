// Whether readers who see colours otherwise can tell the timeline's apart. Simulated after Machado, Oliveira and Fernandes
// (2009), severity 1.0, on linear light; differences are of CIELAB (1976).
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { type Color, colorOf, contrast } from '../../../media/timeline/paint/theme/color';

type Matrix = readonly (readonly [number, number, number])[];
const SIGHTS: Record<string, Matrix> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** What stands side by side: bars of different threads, the ends of them, and ticks on the area of the map. */
const PAIRS = [
  ['keepsAlive', 'daemon'],
  ['keepsAlive', 'killed'],
  ['keepsAlive', 'failed'],
  ['keepsAlive', 'unknown'],
  ['killed', 'returned'],
  ['killed', 'failed'],
  ['failed', 'returned'],
] as const;
/** Of which 2.3 can just be noticed. */
const APART = 10;
/** What WCAG asks for graphics that carry a meaning. */
const LEAST_CONTRAST = 3;

const GROUNDS = {
  dark: ['#181818', '#1f1f1f'],
  light: ['#f8f8f8', '#ffffff'],
  highContrast: ['#000000'],
  highContrastLight: ['#ffffff'],
};
type Kind = keyof typeof GROUNDS;

interface Contributed {
  id: string;
  defaults: Record<Kind, string>;
}
const { contributes } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
  contributes: { colors: Contributed[] };
};
const colorIn = (name: string, kind: Kind): Color =>
  colorOf(contributes.colors.find(({ id }) => id === `threadLifelines.${name}`)!.defaults[kind]);

function seenBy(matrix: Matrix, [r, g, b]: Color): Color {
  const [x, y, z] = matrix.map((row) => Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b)));
  return [x!, y!, z!, 1];
}

function lab([r, g, b]: Color): [number, number, number] {
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const difference = (a: Color, b: Color): number => {
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
};

describe('the colours of the timeline', () => {
  for (const kind of Object.keys(GROUNDS) as Kind[]) {
    it(`can be told apart in ${kind} by readers who are blind to some colours`, () => {
      for (const [sight, matrix] of Object.entries(SIGHTS)) {
        for (const [a, b] of PAIRS) {
          const apart = difference(seenBy(matrix, colorIn(a, kind)), seenBy(matrix, colorIn(b, kind)));
          assert.ok(apart >= APART, `${a} and ${b} are ${apart.toFixed(1)} apart with ${sight}`);
        }
      }
    });

    it(`stand out from the ground in ${kind}`, () => {
      for (const { id, defaults } of contributes.colors) {
        for (const ground of GROUNDS[kind]) {
          const ratio = contrast(colorOf(defaults[kind]), colorOf(ground));
          assert.ok(ratio >= LEAST_CONTRAST, `${id} has ${ratio.toFixed(2)} on ${ground}`);
        }
      }
    });
  }
});
