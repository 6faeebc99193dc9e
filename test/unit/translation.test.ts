// Translations: of every sentence of the code and of none besides, with the same parts; and reports hold no other words.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { counted, decimal, fixed, t, tally, useLanguage, type Translation } from '../../src/common/l10n';
import { ruleOf, RULES } from '../../src/protocol/rules';
import { readTranslation } from '../../src/transport/translation';
import { translatable } from '../support/translatable';

/** Where sentences are made that people read. */
const FOLDERS = ['src', 'media/timeline'];

const L10N = path.join('media', 'l10n');
const english = translatable(FOLDERS);
const partsOf = (sentence: string): string[] => (sentence.match(/\{\d+\}/g) ?? []).sort();

for (const file of fs.readdirSync(L10N)) {
  describe(`the translation ${file}`, () => {
    const translation = JSON.parse(fs.readFileSync(path.join(L10N, file), 'utf8')) as Translation;

    it('has every sentence of the code', () => {
      const missing = [...english].filter(([sentence]) => !(sentence in translation));
      assert.deepEqual(missing, []);
    });

    it('has no sentence that the code has not', () => {
      assert.deepEqual(
        Object.keys(translation).filter((sentence) => !english.has(sentence)),
        [],
      );
    });

    it('is in order', () => assert.deepEqual(Object.keys(translation), Object.keys(translation).sort()));

    it('leaves no sentence empty, and none without one of its parts', () => {
      for (const [sentence, translated] of Object.entries(translation)) {
        assert.ok(translated.trim() !== '', sentence);
        assert.deepEqual(partsOf(translated), partsOf(sentence), sentence);
      }
    });
  });
}

describe('the language of what people read', () => {
  afterEach(() => useLanguage('en', undefined));

  it('is English with its numbers where there is no translation', () => {
    useLanguage('de', readTranslation('dist', 'xx'));
    assert.equal(t('worker {0}', 3), 'worker 3');
    assert.equal(decimal(1234.56, 1), '1,234.6');
    assert.equal(fixed(1234.56, 1), '1234.6');
  });

  it('is that of the translation, with its numbers', () => {
    useLanguage('de', readTranslation('dist', 'de'));
    assert.equal(t('worker “{0}”', '{0} $&'), 'Worker „{0} $&“');
    assert.equal(decimal(1234.56, 1), '1.234,6');
    assert.equal(fixed(1234.56, 1), '1234,6');
    assert.equal(ruleOf('out-of-memory').title, 'Speicher erschöpft');
    assert.equal(RULES['out-of-memory'].title, 'Out of memory');
  });

  it('tells one from many', () => {
    assert.equal(counted(1, '{0} thread', '{0} threads'), '1 thread');
    assert.equal(counted(1000, '{0} thread', '{0} threads'), '1,000 threads');
    assert.equal(tally(1000, '{0} thread', '{0} threads'), '1000 threads');
  });

  it('rounds numbers as they were rounded before there were languages', () => {
    for (const value of [1.005, 0.615, 10.235, 1.45, 8.345]) assert.equal(fixed(value, 2), value.toFixed(2));
  });
});

describe('the translation of package.json', () => {
  const read = (file: string): Record<string, string> =>
    JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, string>;
  const source = fs.readFileSync('package.json', 'utf8');
  const used = [...source.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]!).sort();
  const words = read('package.nls.json');

  it('has each key that stands there, and no other', () => assert.deepEqual(Object.keys(words), [...new Set(used)]));

  it('leaves no description, title or label in one language', () => {
    const plain = [...source.matchAll(/"(?:title|description|markdownDescription|label)": "([^%"][^"]*)"/g)];
    const names = ['Thread Lifelines'];
    assert.deepEqual(
      plain.map((match) => match[1]!).filter((text) => !names.includes(text)),
      [],
    );
  });

  for (const file of fs.readdirSync('.').filter((name) => /^package\.nls\..+\.json$/.test(name))) {
    it(`is whole in ${file}`, () => {
      const translated = read(file);
      assert.deepEqual(Object.keys(translated), Object.keys(words));
      for (const [key, text] of Object.entries(translated)) {
        assert.ok(text.trim() !== '', key);
        assert.deepEqual(codeIn(text), codeIn(words[key]!), key);
      }
    });
  }
});

/** Names of settings and the like, which are the same in every language. */
const codeIn = (text: string): string[] => (text.match(/`[^`]+`/g) ?? []).sort();
