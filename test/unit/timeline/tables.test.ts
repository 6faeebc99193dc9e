// The tables of the user's page are those of the vocabulary and of the keys. `WRITE_TABLES=1 npm test -- unit` writes them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { KEYS } from '../../../media/timeline/words/keys';
import {
  BARS,
  ENDINGS,
  LINKS,
  STATES,
  type LinkWord,
  type StatePattern,
  type Word,
} from '../../../media/timeline/words/vocabulary';

const PAGE = 'docs/timeline.md';

const PATTERNS: Record<StatePattern, string> = {
  height: 'full colour, as high as it is busy',
  faint: 'faint',
  plain: 'half',
  outline: 'outline',
  line: 'a thin line',
  stripes: 'upright stripes',
  dots: 'dots',
  crossed: 'crossed lines',
};

const LINE_ENDS: Record<LinkWord['end'], string> = { head: 'an arrow', ring: 'a ring', dot: 'a dot' };
const lineOf = ({ dashes, end }: LinkWord): string => {
  const line = dashes.length === 0 ? 'a line' : dashes[0]! < 2 ? 'a dotted line' : 'a dashed line';
  return `${line} that ends in ${LINE_ENDS[end]}`;
};

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const words = (list: Word[]): string[][] => list.map(({ label, explanation }) => [label, explanation]);

const TABLES: Record<string, string> = {
  bars: table(['bar', ''], words(Object.values(BARS))),
  states: table(
    ['within the bar', 'drawn as', ''],
    Object.values(STATES)
      .filter((state) => state !== STATES.none && state !== STATES.starting)
      .map(({ label, pattern, explanation }) => [label, PATTERNS[pattern], explanation]),
  ),
  links: table(
    ['line', 'drawn as', ''],
    Object.values(LINKS).map((link) => [link.label, lineOf(link), link.explanation]),
  ),
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
