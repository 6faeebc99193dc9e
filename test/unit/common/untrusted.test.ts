// Text of the program's in each place that it is shown: whatever it is, nothing in it acts there.
import assert from 'node:assert/strict';
import {
  forAddress,
  forClipboard,
  forCode,
  forEditor,
  forHover,
  forJson,
  forLabel,
  forMarkdown,
  forNotification,
  forTerminal,
  shown,
} from '../../../src/common/untrusted';
import {
  ACTS,
  ADDRESS,
  HARMLESS,
  HOSTILE,
  ICON,
  NOTIFICATION_LINK,
  UNSEEN,
  unescaped,
  withoutEscapes,
} from '../../support/hostileText';

const SINKS: Record<string, { safe: (text: string, longest?: number) => string; longest: number }> = {
  'an element of a page': { safe: shown, longest: 120 },
  'a terminal': { safe: forTerminal, longest: 200 },
  'an editor': { safe: forEditor, longest: 2000 },
  'a label': { safe: forLabel, longest: 120 },
  'a notification': { safe: forNotification, longest: 1000 },
  // Each letter may be escaped.
  'a Markdown document': { safe: forMarkdown, longest: 2 * 600 },
  'a hover': { safe: forHover, longest: 2 * 2000 },
};

const hostile = (safe: (text: string) => string): [what: string, text: string][] =>
  Object.entries(HOSTILE).flatMap(([what, text]) => [
    [what, safe(text)],
    [`${what}, in a sentence`, `The thread “${safe(text)}” (main.js:3) ended.`],
    [`a sentence with ${what}`, safe(`The thread “${text}” (main.js:3) ended.`)],
  ]);

describe('text of the program’s', () => {
  for (const [place, { safe, longest }] of Object.entries(SINKS)) {
    describe(`in ${place}`, () => {
      it('controls nothing, hides nothing and reorders nothing', () => {
        for (const [what, text] of hostile(safe)) {
          assert.doesNotMatch(text, ACTS, what);
          assert.doesNotMatch(text, UNSEEN, what);
        }
      });

      it('is no longer than the place has room for', () => {
        for (const [what, text] of Object.entries(HOSTILE)) {
          assert.ok([...safe(text)].length <= longest, what);
          assert.ok([...safe(text, 9)].length <= 18, what);
        }
        assert.match(safe('x'.repeat(1_000_000), 9), /^x{8}…$/);
      });

      it('costs next to nothing, however long it is', () => {
        const huge = '\u001b'.repeat(50_000_000);
        const begun = process.cpuUsage();
        for (let i = 0; i < 100; i++) safe(huge);
        const { user, system } = process.cpuUsage(begun);
        assert.ok(user + system < 2_000_000, `${user + system} µs for a hundred`); // a look at all of it takes more
      });

      it('does not vanish', () => {
        for (const [what, text] of Object.entries(HOSTILE)) assert.notEqual(safe(text).trim(), '', what);
      });
    });
  }

  for (const place of ['an element of a page', 'a terminal', 'an editor', 'a label', 'a notification'])
    it(`stays as it is in ${place} where it is harmless`, () => {
      for (const text of HARMLESS) assert.equal(SINKS[place]!.safe(text), text);
    });

  it('comes out the same when it passes twice, alone and in its sentence', () => {
    for (const safe of [shown, forTerminal, forEditor, forLabel, forNotification])
      for (const text of Object.values(HOSTILE)) assert.equal(safe(safe(text)), safe(text));
  });

  it('is shown by its codes where it would not be seen: drawn in a page, spelled in a terminal', () => {
    assert.equal(shown('a\u001b[31mb\u0007\u007f\n'), 'a␛[31mb␇␡␊');
    assert.equal(shown('x\u202egnp.exe'), 'x[U+202E]gnp.exe');
    assert.equal(forTerminal('a\u001b[31mb\n\u202e'), 'a\\u{1b}[31mb\\u{a}\\u{202e}');
  });

  it('keeps a joiner or a variant only as a part of a character, and only one', () => {
    assert.equal(shown('a\u200db ü\u200d\u200dü'), 'a[U+200D]b ü\u200d[U+200D]ü');
    assert.equal(shown('x\ufe0f ❤\ufe0f\ufe0f'), 'x[U+FE0F] ❤\ufe0f[U+FE0F]');
  });

  it('is one line in an editor, with a message’s lines as words', () => {
    assert.equal(forEditor('no\tfile\r\nin\u2028here\u001b'), 'no file  in here␛');
  });

  it('holds no link in a notification', () => {
    for (const [what, text] of hostile(forNotification)) assert.doesNotMatch(text, NOTIFICATION_LINK, what);
    assert.match('[Fix it](command:x)', NOTIFICATION_LINK);
  });

  it('holds no icon in a label', () => {
    for (const [what, text] of hostile(forLabel)) assert.doesNotMatch(text, ICON, what);
    assert.match('$(error~spin)', ICON);
  });

  it('is text in a hover: each sign that Markdown knows is escaped', () => {
    for (const [what, text] of Object.entries(HOSTILE))
      assert.doesNotMatch(withoutEscapes(forHover(text)), /[!-/:-@[-`{-~]/, what);
    assert.equal(forHover('[x](command:y)'), '\\[x\\]\\(command\\:y\\)');
  });

  it('begins no markup, formula or link in a Markdown document, whose source can still be read', () => {
    for (const [what, text] of Object.entries(HOSTILE)) {
      const signs = withoutEscapes(forMarkdown(text));
      assert.doesNotMatch(signs, /[\\`*_{}[\]<>()#+!|~&$@-]/, what);
      assert.doesNotMatch(
        forMarkdown(text),
        /https?:|mailto:|javascript:|command:|file:|www\.|\/\/|^\s|^\d+[.)]|^=/i,
        what,
      );
    }
    assert.equal(forMarkdown('main.js:7:3, at 2.00 s'), 'main.js:7:3, at 2.00 s');
  });

  it('becomes no link in a Markdown document for a reader that looks for addresses when escapes are undone', () => {
    for (const [what, text] of Object.entries(HOSTILE))
      assert.doesNotMatch(unescaped(forMarkdown(text)), ADDRESS, what);
    for (const text of ['see https://evil.example/x', 'a@evil.example', '//evil.example', 'mailto:root@localhost']) {
      assert.match(text, ADDRESS);
      assert.doesNotMatch(unescaped(forMarkdown(text)), ADDRESS, text);
    }
    for (const text of ['file:///srv/a/b.js', 'piscina@4.7.0', '/app/node_modules/@scope/x.js', 'a/b'])
      assert.equal(unescaped(forMarkdown(text)), text);
  });

  it('is several lines of text on the clipboard, without a key that a shell would obey', () => {
    for (const [what, text] of Object.entries(HOSTILE))
      for (const line of forClipboard(text).split('\n')) {
        assert.doesNotMatch(line, ACTS, what);
        assert.doesNotMatch(line, UNSEEN, what);
      }
    assert.equal(forClipboard('worker: 1\n  ended'), 'worker: 1\n  ended');
  });

  it('is code as a whole where it is code, whatever backticks it has', () => {
    for (const [what, text] of Object.entries(HOSTILE)) {
      const [, fence, code] = /^(`+)([^]*?)(?<!`)\1$/.exec(forCode(text)) ?? assert.fail(what);
      assert.ok(!(code!.match(/`+/g) ?? []).some((ticks) => ticks === fence), what);
      assert.doesNotMatch(code!, ACTS, what);
    }
    assert.equal(forCode('task.js'), '`task.js`');
    assert.equal(forCode('`'), '`` ` ``');
  });

  it('is a part of an address that ends no link and leads to no other scheme', () => {
    for (const text of Object.values(HOSTILE)) assert.match(forAddress(text), /^[\w.!~*'%-]*$/);
    assert.equal(forAddress('a b(1)'), 'a%20b%281%29');
  });

  it('is the same value in JSON, written in letters that act nowhere', () => {
    for (const [what, text] of Object.entries(HOSTILE)) {
      const json = forJson({ [text]: [text] }, 2);
      assert.deepEqual(JSON.parse(json), { [text]: [text] }, what);
      assert.doesNotMatch(json.replaceAll('\n', ''), ACTS, what);
      assert.doesNotMatch(json, UNSEEN, what);
    }
    for (const text of HARMLESS) assert.deepEqual(JSON.parse(forJson([text])), [text]);
  });
});
