// What a program may call its threads, files and errors to deceive whoever reads of them, or what shows them.
const COMMAND = 'command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22rm%20-rf%20~%5Cn%22%7D';

/** By what each tries. */
export const HOSTILE: Record<string, string> = {
  'colours of a terminal': '\u001b[31mred\u001b[0m',
  'a terminal cleared by eight-bit controls': '\u009b2J\u009bHgone',
  'a title for the terminal': '\u001b]0;root shell\u0007',
  'a link of a terminal': '\u001b]8;;https://evil.example/\u001b\\main.js\u001b]8;;\u001b\\',
  'a clipboard filled by a terminal': '\u001b]52;c;cm0gLXJmIH4=\u0007',
  backspaces: 'kill\u0008\u0008\u0008\u0008keep\u007f',
  'text overwritten from the line’s start': 'error: none\rok        ',
  'a zero byte': 'name\u0000.js',
  'reversed letters': 'exe\u202esj.niam\u202c',
  'isolated directions': '\u2066main\u2069 \u2067worker\u2069 \u061c\u200f\u200e',
  'letters of no width': 'ma\u200bin\u2060\ufeff\u180e\u00ad',
  'joiners that join nothing': 'ma\u200din\u200c',
  'fillers that draw nothing': '\u3164\uffa0\u115f\u034f',
  'variants that hide bytes': `x${'\ufe01\u{e0101}'.repeat(20)}`,
  'lines of its own': 'worker\nerror: the disk is full\r\nPassword:\u0085\u2028\u2029\u000b\u000c',
  'a command behind a link': `[Fix it](${COMMAND})`,
  'a command behind a link with a title': `[Fix it](${COMMAND} "Safe")`,
  'a link whose text is a mark of ours': `\u200b(${COMMAND}) \u202e(https://evil.example)`,
  'links that overlap': `[[a](${COMMAND})](${COMMAND})]\n(${COMMAND})`,
  'a link to a page': '[docs](https://evil.example/) <https://evil.example/> ![x](https://evil.example/pixel.png)',
  'addresses that become links':
    'https://evil.example/ www.evil.example mailto:a@evil.example a@evil.example file:///etc/passwd',
  'a link that runs a script': '[x](javascript:alert(1)) javascript:alert(1) <a href="javascript:alert(1)">x</a>',
  'a link defined elsewhere': `[x]: ${COMMAND}`,
  'an element with a handler': '<img src=x onerror=alert(1)><script>alert(1)</script><!-- -->&lt;b&gt;&#60;',
  'the end of an attribute': `" onmouseover="alert(1)' x='`,
  'an icon': '$(zap) $(error~spin) \\$(zap) $\u200b(zap)',
  'a formula': '$\\href{https://evil.example}{x}$ $$x$$',
  'markup of every kind': '# h **b** *i* __b__ ~~s~~ `c` ```\n| a | b |\n| - | - |\n> q\n- l\n---\n===\n- [x] t',
  'a list': '1. first',
  'a list by parenthesis': '12) twelfth',
  'a heading made from below': '===',
  'a block of code': '     code',
  'escapes of its own': '\\[x\\](\\`\\\\`\\<img>',
  'tags that nobody sees': `main${[...'rm -rf'].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('')}`,
  'halves of characters': '\ud800a\udc00\udbff',
  'no characters at all': '\uffff\ufffe\u{1fffe}\ufff9\ufffb',
  'a megabyte': 'x'.repeat(1_000_000),
  'a megabyte of controls': '\u001b'.repeat(1_000_000),
  'a megabyte of markup': '](`$('.repeat(200_000),
  'a half character at each place to cut': `a${'\u{1f600}'.repeat(100_000)}`,
};

/** What must stay as it is wherever it is shown as plain text. */
export const HARMLESS = [
  'worker “layout”',
  'C:\\Program Files\\app\\main.js:12:3',
  'file:///srv/a%20b/w.mjs',
  '<T>(x: T[]) => x[0]!',
  'مرحبا بكم',
  'می‌خواهم',
  'क्‍ष',
  'שלום',
  '日本語 葛\u{e0100}',
  '👩‍👩‍👧 🏳️‍🌈 ❤️ 1️⃣ 👨🏽‍🚀',
  'naïve café, 12 % of 3 000 µs',
  '',
];

/** What of text acts: it moves the cursor, commands a terminal, breaks or reorders a line, or is half a character. */
export const ACTS = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
/** Also in letters that no human name needs. */
export const UNSEEN =
  /[\u00ad\u034f\u115f\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0\ufff9-\ufffb\uffff]|[\u{e0000}-\u{e007f}]/u;
/** As VS Code finds links in notifications (`linkedText.ts`), with whatever they lead to. */
export const NOTIFICATION_LINK = /\[[^\]]+\]\([^)\s]+/;
/** As VS Code finds icons in labels (`iconLabels.ts`). */
export const ICON = /\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/;

/** Markdown without what a backslash makes plain. */
export const withoutEscapes = (markdown: string): string => markdown.replace(/\\[!-/:-@[-`{-~]/g, '');

/** Markdown as it reads once a backslash has made plain what follows it. */
export const unescaped = (markdown: string): string => markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
/** As markdown-it, by which VS Code shows Markdown, and GitHub find links in plain text (linkify-it without fuzzy links). */
export const ADDRESS =
  /(?:https?:|ftp:|(?<![:/])(?=\/\/))\/\/[^\s/]|mailto:[^\s@]+@|(?<=^|[\s"(|<>])[\w.+&=$:;-]+@[^\s@/]+\.\p{L}{2}/iu;
