// The seam between the server and the languages that it reads.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CommentSyntax, Finding } from '../../../src/server/language';
import { fileComment, nextLineComment, unsuppressed } from '../../../src/server/suppression';
import { parse } from '../../../src/server/javascript/source/syntax';

const ROOT = 'src/server';
/** Each in a folder of its own. */
const LANGUAGES = ['javascript', 'python'];

const PARSERS: Record<string, string> = { javascript: 'typescript', python: '@lezer/.*' };

describe('a language of the server', () => {
  for (const language of LANGUAGES)
    it(`keeps its parser and its rules to its folder: ${language}`, () => {
      const folder = path.join(ROOT, language);
      const outside = fs
        .readdirSync(ROOT, { recursive: true })
        .map((file) => path.join(ROOT, String(file)))
        .filter((file) => file.endsWith('.ts') && !file.startsWith(folder + path.sep));
      const wrong = outside.filter((file) =>
        new RegExp(`from '(${PARSERS[language]}|.*/${language}/.*)'`).test(fs.readFileSync(file, 'utf8')),
      );
      assert.deepEqual(wrong, [path.join(ROOT, 'languages.ts')]);
    });

  const SYNTAXES: Record<string, CommentSyntax> = {
    'line and block comments': { line: '//', block: ['/*', '*/'] },
    'line comments alone': { line: '#' },
  };
  for (const [name, comment] of Object.entries(SYNTAXES)) {
    it(`has its findings turned off by ${name}`, () => {
      const found = (text: string): number => {
        const finding: Finding = { rule: 'held-by-port', span: { start: text.length, end: text.length }, message: '' };
        return unsuppressed([finding], parse('any.js', text), comment).length;
      };
      assert.equal(found('\n'), 1);
      assert.equal(found(`${nextLineComment(comment, 'held-by-port')}\n`), 0);
      assert.equal(found(`${nextLineComment(comment, 'held-by-port')} -- it is meant\n`), 0);
      assert.equal(found(`${nextLineComment(comment, 'unref-undone')}\n`), 1);
      assert.equal(found(`${nextLineComment(comment, 'held-by-port')}\n\n`), 1);
      assert.equal(found(`${fileComment(comment, 'held-by-port')}\n\n\n`), 0);
      assert.equal(found(`-- thread-lifelines-disable held-by-port\n`), 1);
    });
  }
});
