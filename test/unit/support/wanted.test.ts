import assert from 'node:assert/strict';
import { wanted } from '../../support/wanted.mjs';

const KNOWN = ['types', 'unit', 'editor'];

describe('what npm test is asked for', () => {
  it('is all parts when none is named, and named ones in the order of the list', () => {
    assert.deepEqual(wanted([], KNOWN), { parts: KNOWN, only: undefined });
    assert.deepEqual(wanted(['editor', 'unit'], KNOWN).parts, ['unit', 'editor']);
  });

  it('takes words of a test’s name before or after the parts', () => {
    const asked = { parts: ['unit'], only: 'the tree of threads' };
    assert.deepEqual(wanted(['unit', '--only', 'the tree of threads'], KNOWN), asked);
    assert.deepEqual(wanted(['--only', 'the tree of threads', 'unit'], KNOWN), asked);
  });

  it('refuses an unknown part, and words that are missing or belong to no part', () => {
    assert.throws(() => wanted(['unit', 'all'], KNOWN), /there is no part all/);
    assert.throws(() => wanted(['unit', '--only'], KNOWN), /--only needs words/);
    assert.throws(() => wanted(['--only', 'words'], KNOWN), /--only needs a part/);
  });
});
