// The page of what a report says has each sentence of the model's, and none that is gone.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { translatable } from '../../support/translatable';

/** Of the rules, title, explanation and advice are on pages of their own, which another test holds to them. */
const isOfRule = (place: string): boolean => place.startsWith('the rule ');

const said = new Map([...translatable(['src/model'])].filter(([, place]) => !isOfRule(place)));

/** What stands as code in the cells of tables, but for the last of each row: that is the evidence. */
const listed = fs
  .readFileSync('docs/what-a-report-says.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
  .flatMap((row) => row.split(' | ').slice(0, -1))
  .flatMap((cell) => [...cell.replace(/\[`[^`]*`\]\([^)]*\)/g, '').matchAll(/`([^`]+)`/g)].map((match) => match[1]!));

describe('the page of what a report says', () => {
  it('has every sentence that the code can say', () => {
    assert.deepEqual(
      [...said].filter(([sentence]) => !listed.includes(sentence)),
      [],
    );
  });

  it('has no sentence that the code has not', () => {
    assert.deepEqual(
      listed.filter((sentence) => !said.has(sentence)),
      [],
    );
  });

  it('has each once', () => {
    assert.deepEqual(
      listed.filter((sentence, i) => listed.indexOf(sentence) !== i),
      [],
    );
  });

  it('gives evidence for each', () => {
    const rows = fs.readFileSync('docs/what-a-report-says.md', 'utf8').match(/^\| (?!---).*$/gm) ?? [];
    assert.ok(rows.length > 0);
    assert.deepEqual(
      rows.filter((row) => /\|\s*\|$/.test(row)),
      [],
    );
  });
});
