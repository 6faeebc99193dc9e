import assert from 'node:assert/strict';
import type { Details } from '../../../media/timeline/stories/details';
import { comparedDetails } from '../../../media/timeline/stories/detailsCompared';
import { fact, type Fact, factText, headed, withSiteOnce } from '../../../media/timeline/stories/facts';
import { at } from '../../webview/fixtures';

/** The text with its links in brackets. */
const marked = ({ parts }: Fact): string => parts.map(({ text, site }) => (site ? `[${text}]` : text)).join('');
const once = (what: string, line = 4): string => marked(fact('ended', '', ...withSiteOnce(what, at(line))));

describe('a fact with a place', () => {
  it('has the link where its sentence names the place, and says it once', () => {
    assert.equal(once('terminate() was called at main.js:4'), 'terminate() was called at [main.js:4]');
    assert.equal(once('main.js:4 called exit(1)'), '[main.js:4] called exit(1)');
    assert.equal(once('uncaught Error: see main.js:4 at main.js:4'), 'uncaught Error: see main.js:4 at [main.js:4]');
  });

  it('says the place after a sentence that does not name it, or only one that looks like it', () => {
    assert.equal(once('its work was done'), 'its work was done at [main.js:4]');
    assert.equal(once('called at main.js:41'), 'called at main.js:41 at [main.js:4]');
    assert.equal(once('called at domain.js:4'), 'called at domain.js:4 at [main.js:4]');
  });

  it('is a plain sentence without one', () => {
    assert.deepEqual(withSiteOnce('its work was done', undefined), ['its work was done']);
  });
});

describe('facts below one label', () => {
  it('have it on the first, unless that has its own', () => {
    const labels = (...facts: Fact[]): string[] => headed('Left undone', facts).map(({ label }) => label);
    assert.deepEqual(labels(fact('a', '', 'x'), fact('a', '', 'y')), ['Left undone', '']);
    assert.deepEqual(labels(fact('a', 'ref()', 'x'), fact('a', '', 'y')), ['ref()', '']);
    assert.deepEqual(labels(), []);
  });
});

describe('two threads compared', () => {
  const details = (key: string, facts: Fact[]): Details => ({
    key,
    title: key,
    subtitle: '',
    sections: [{ id: 'life', heading: 'Life', facts }],
  });

  it('show each fact of the one beside that of the other, whatever they are called, and lose none', () => {
    const a = details('a', [fact('lifetime', 'Lived', '1 s'), fact('ref', 'ref()', '1'), fact('code', 'Code', '0')]);
    const b = details('b', [
      fact('lifetime', 'Alive for', '2 s'),
      fact('ref', 'ref()', '2'),
      fact('ref', 'ref()', '3'),
    ]);
    const [life] = comparedDetails(a, b).sections;
    assert.deepEqual(
      life!.facts.map((one) => `${one.label}: ${factText(one)}`),
      ['Lived: 1 s ↔ 2 s', 'ref(): 1 ↔ 2', 'Code: 0 ↔ –', 'ref(): – ↔ 3'],
    );
  });
});
