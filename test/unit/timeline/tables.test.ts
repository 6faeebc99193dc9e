// The tables of the user's page are those of the vocabulary and of the keys. `WRITE_TABLES=1 npm test -- unit` writes them.
import type { TrackState } from '../../../src/protocol/tracks';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import {
  ARROW_LINES,
  type ArrowLine,
  STATE_FILLS,
  type StatePattern,
} from '../../../media/timeline/paint/theme/shapes';
import { KEYS } from '../../../media/timeline/words/keys';
import {
  type ArrowKind,
  ARROWS,
  BARS,
  ENDINGS,
  STATES,
  TASK,
  TASK_ENDS,
  type Word,
} from '../../../media/timeline/words/vocabulary';

const PAGE = 'docs/timeline.md';

const PATTERNS: Record<StatePattern, string> = {
  height: 'full colour, as high as it is busy',
  base: 'a thin line at the bottom',
  dashes: 'a dashed line',
  outline: 'outline',
  rails: 'its upper and lower edge',
  line: 'a line through its middle',
  stripes: 'upright stripes',
  dots: 'dots',
  crossed: 'crossed lines',
};

const LINE_ENDS: Record<ArrowLine['end'], string> = { head: 'an arrow', ring: 'a ring', dot: 'a dot' };
const lineOf = ({ dashes, end }: ArrowLine): string => {
  const line = dashes.length === 0 ? 'a line' : dashes[0]! < 2 ? 'a dotted line' : 'a dashed line';
  return `${line} that ends in ${LINE_ENDS[end]}`;
};

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const words = (list: Word[]): string[][] => list.map(({ label, explanation }) => [label, explanation]);

const stateOrder = (Object.keys(STATES) as TrackState[]).filter((state) => state !== 'none' && state !== 'starting');

const TABLES: Record<string, string> = {
  bars: table(['bar', ''], words(Object.values(BARS))),
  states: table(
    ['within the bar', 'drawn as', ''],
    stateOrder.map((state) => [STATES[state].label, PATTERNS[STATE_FILLS[state].pattern], STATES[state].explanation]),
  ),
  links: table(
    ['line', 'drawn as', ''],
    (Object.keys(ARROWS) as ArrowKind[]).map((kind) => [
      ARROWS[kind].label,
      lineOf(ARROW_LINES[kind]),
      ARROWS[kind].explanation,
    ]),
  ),
  tasks: table(['task', ''], words([TASK, ...Object.values(TASK_ENDS)])),
  ends: table(['end', ''], words(Object.values(ENDINGS))),
  keys: table(
    ['', 'key', ''],
    KEYS.flatMap(({ group, keys }) =>
      keys.map(({ keys: ways, what }, i) => [i === 0 ? group : '', ways.map((way) => `\`${way}\``).join(' '), what]),
    ),
  ),
};

describe('the page about the timeline', () => {
  for (const [name, text] of Object.entries(TABLES)) {
    it(`has the ${name} that the timeline has`, () => {
      const page = fs.readFileSync(PAGE, 'utf8');
      const between = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
      assert.match(page, between);
      const wanted = page.replace(between, (_, start: string, end: string) => `${start}\n${text}\n\n${end}`);
      if (process.env['WRITE_TABLES'] && !process.env['CI']) fs.writeFileSync(PAGE, wanted);
      else assert.equal(page, wanted);
    });
  }
});
