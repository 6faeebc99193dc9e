// The README as a stranger reads it on the page of the extension.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { extensionPage } from '../../support/extensionPage.mjs';

describe('the page of the extension', () => {
  const page = extensionPage(fs.readFileSync('README.md', 'utf8'), (file) => {
    assert.ok(fs.existsSync(file), file);
    return 'AAAA';
  });

  it('holds its pictures itself, for it has no folder beside it', () => {
    const pictures = [...page.matchAll(/!\[[^\]]+\]\(([^)]*)\)/g)].map(([, target]) => target);
    assert.ok(pictures.length > 0);
    assert.deepEqual([...new Set(pictures)], ['data:image/png;base64,AAAA']);
    assert.doesNotMatch(page, /<picture|<img|<source/);
  });

  it('leads to no file, and keeps the words of links to files', () => {
    const links = [...page.matchAll(/(?<!!)\[[^\]]*\]\(([^)]+)\)/g)].map(([, target]) => target!);
    assert.deepEqual(
      links.filter((target) => !/^(https:|#)/.test(target)),
      [],
    );
    assert.match(page, /In the timeline, a \*\*solid\*\* bar/);
  });

  it('speaks of installing, not of a clone', () => {
    assert.match(page, /Install from VSIX/);
    assert.match(page, /Run the Demo/);
    assert.doesNotMatch(page, /clone|npm start|npm test|<!-- sources/);
  });
});
