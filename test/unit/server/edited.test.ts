// A Python source that is edited again and again is read as if it had just been opened.
import assert from 'node:assert/strict';
import { check } from '../../../src/server/python/rules/rules';
import { Module } from '../../../src/server/python/source/module';
import { eachNode, parse, reparse, type Node, type Source } from '../../../src/server/python/source/syntax';
import { threadsIn } from '../../../src/server/python/source/threads';
import { CASES } from './cases';

const EDITS = 150;
/** What people type, and what is hardest to read again. */
const TYPED = [
  ...['x', ' ', '\n', '\n    ', '(', ')', ':', '"', '"""', '#', ','],
  ...['def f():\n', 'class C:\n    pass\n', 'self.a = 1\n', 'global x\n'],
];

/** Every second program of the rules, one after another. */
const PROGRAM = CASES.filter(({ runtime }) => runtime === 'python')
  .filter((_, i) => i % 2 === 0)
  .flatMap(({ files }) => Object.values(files))
  .join('\n');

/** Numbers that look like chance and are always the same. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function shapeOf(root: Node): string {
  const found: string[] = [];
  eachNode(root, ({ type, start, end, parent }) => found.push(`${type} ${start}-${end} ${parent!.type}`));
  return found.join('\n');
}

function answersOf(source: Source) {
  const module = new Module('main.py', source);
  const { calls, functions, classes, loops, scopes } = module;
  return {
    shape: shapeOf(source.root),
    listed: [calls, functions, classes, loops].map((list) => list.map(({ start }) => start)),
    names: calls.map((call) => scopes.of(call.children[0]!)?.uses.map(({ start }) => start)),
    findings: check({ module, threads: threadsIn(module) }),
  };
}

interface Edit {
  text: string;
  edited: { start: number; end: number; length: number };
}

/** Something typed, pasted or replaced. */
function editOf(text: string, random: (below: number) => number): Edit {
  const start = random(text.length);
  const end = Math.min(text.length, start + (random(3) === 0 ? random(20) : 0));
  const from = random(text.length);
  const typed = random(4) === 0 ? text.slice(from, from + random(200)) : TYPED[random(TYPED.length)]!;
  return { text: text.slice(0, start) + typed + text.slice(end), edited: { start, end, length: typed.length } };
}

/** Takes an edit of `before` back. */
const undone = (before: string, { start, end, length }: Edit['edited']): Edit => ({
  text: before,
  edited: { start, end: start + length, length: end - start },
});

describe('a Python source that is edited', () => {
  for (const seed of [1, 2])
    it(`gives after each of ${EDITS} edits what a fresh one gives (seed ${seed})`, function () {
      this.timeout(300_000);
      const random = randomFrom(seed);
      const undo: Edit[] = [];
      let text = PROGRAM;
      let source = parse(text);
      let found = 0;
      for (let i = 0; i < EDITS; i++) {
        const isBack = undo.length > 0 && random(2) === 0;
        const edit = isBack ? undo.pop()! : editOf(text, random);
        if (!isBack) undo.push(undone(text, edit.edited));
        text = edit.text;
        source = reparse(source, text, edit.edited);
        const [again, fresh] = [answersOf(source), answersOf(parse(text))];
        found += fresh.findings.length;
        assert.deepEqual(again, fresh, `edit ${i}`);
      }
      assert.ok(found > EDITS, `${found} findings`);
    });

  it('keeps the nodes of functions that were not edited', () => {
    const text = 'def first():\n    return 1\n\n\ndef second():\n    return 2\n';
    const before = parse(text);
    const [first, second] = before.root.children as [Node, Node];
    const after = reparse(before, `x = 0\n${text}`, { start: 0, end: 0, length: 6 });
    assert.deepEqual(
      after.root.children.map((one) => one === first || one === second),
      [false, true, true],
    );
    assert.match(after.textOf(second), /^def second\(\):\n {4}return 2\n?$/);
    assert.equal(second.parent, after.root);
  });

  it('is read anew when the quote is closed that had made errors of it', () => {
    const functions = Array.from({ length: 40 }, (_, i) => `def f${i}():\n    """What it does."""\n    return ${i}\n`);
    const text = functions.join('\n');
    const open = reparse(parse(text), `"""${text}`, { start: 0, end: 0, length: 3 });
    assert.equal(shapeOf(open.root), shapeOf(parse(`"""${text}`).root));
    const closed = reparse(open, text, { start: 0, end: 3, length: 0 });
    assert.equal(shapeOf(closed.root), shapeOf(parse(text).root));
  });
});
