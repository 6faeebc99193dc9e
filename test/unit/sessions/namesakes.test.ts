// Which of a debugger's threads is meant, by its name.
import assert from 'node:assert/strict';
import { idOfNamesake, namesakeOf } from '../../../src/sessions/debuggers/namesakes';

const OURS = [{ id: 0 }, { id: 1, name: 'twin' }, { id: 4, name: 'alone' }, { id: 7, name: 'twin' }];
const THEIRS = [
  { id: 1, name: 'MainThread' },
  { id: 2, name: 'twin' },
  { id: 3, name: 'alone' },
  { id: 9, name: 'twin' },
];

describe('a thread that a debugger knows by its name alone', () => {
  it('is found, also where several have that name: by the order of their starts, in both directions', () => {
    for (const [ours, theirs] of [
      [1, 2],
      [4, 3],
      [7, 9],
    ] as const) {
      // prettier-ignore
      assert.equal(idOfNamesake(namesakeOf(ours, OURS)!, THEIRS), theirs);
      assert.equal(idOfNamesake(namesakeOf(theirs, THEIRS)!, OURS), ours);
    }
  });

  it('is not taken for another: where one side knows more of that name, nobody knows which is which', () => {
    const [, , ...fewer] = THEIRS;
    assert.equal(idOfNamesake(namesakeOf(1, OURS)!, fewer), undefined);
    assert.equal(idOfNamesake({ name: 'gone', nth: 0, of: 1 }, THEIRS), undefined);
  });

  it('is not known where it has no name', () => assert.equal(namesakeOf(0, OURS), undefined));
});
