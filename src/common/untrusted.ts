// What of the program's own text may go where. A thread, a file, a function or an error may be called anything: on the way
// to a person such text passes one function, named by where it goes. All of them bound its length, and show what is
// invisible, controls the output or reorders the line, so that no text hides, moves or floods what stands around it.
// A whole sentence may be passed through as well: harmless text comes out as it went in. Pure.

/** Code points; longer names say nothing more in a lane or a tooltip. */
const NAME = 120;
/** Code points of a sentence with a name or two in it. */
const SENTENCES = 600;
const MOST = 2000;

/** Controls, halves of characters, separators of lines, and what is ignored when text is drawn, such as tags. */
const UNSEEN = String.raw`\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{DI}\p{NChar}\uFFF9-\uFFFB`;
/** A letter or an emoji that a joiner or a variant can belong to. */
const DRAWN = `[^\\0-\\x7F${UNSEEN}]`;
/** One joiner or variant is a part of the character before it: of emoji, and of scripts such as Persian and Hindi. */
const PARTS = [
  String.raw`(?<=${DRAWN}\uFE0F?)[\u200C\u200D]`,
  String.raw`(?<=[#*0-9]|${DRAWN})[\uFE00-\uFE0F]`,
  String.raw`(?<=\p{Script=Han})[\u{E0100}-\u{E01EF}]`,
];
const HIDDEN = new RegExp(`(?!${PARTS.join('|')})[${UNSEEN}]`, 'gu');
const HARMLESS = /^[\x20-\x7E]*$/;

type Mark = (character: string) => string;

/**
 * @param pair two signs that do something only side by side: they are put apart
 * @returns at most `longest` code points, with a mark for each character that would not be seen
 */
function bounded(text: string, longest: number, mark: Mark, pair?: '](' | '$('): string {
  if (pair === undefined && text.length <= longest && HARMLESS.test(text)) return text;
  // Cut first, by code units, so that a name of many megabytes costs nothing.
  const marked = text.slice(0, longest * 2 + 2).replace(HIDDEN, mark);
  const points = [...(pair ? marked.replaceAll(pair, [...pair].join(' ')) : marked)];
  return points.length > longest ? `${points.slice(0, longest - 1).join('')}…` : points.join('');
}

const codeOf = (character: string): number => character.codePointAt(0)!;

/** `␛`, `[U+202E]`: for fonts of editors. */
const pictured: Mark = (character) => {
  const code = codeOf(character);
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  if (code >= 0xd800 && code <= 0xdfff) return '\uFFFD';
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
};

/** `\u{1b}`: in letters that any terminal has, and any search finds. */
const spelled: Mark = (character) => `\\u{${codeOf(character).toString(16)}}`;

/** Where all is on one line, lines of a message are words of a sentence. */
const inOneLine: Mark = (character) => (/[\t-\r\x85\u2028\u2029]/.test(character) ? ' ' : pictured(character));

/** For elements of a page, as `textContent` or as an attribute: that it is not taken for markup is up to those. */
export const shown = (text: string, longest = NAME): string => bounded(text, longest, pictured);

/** For a terminal, a debug console and standard error: nothing in it is a command to the terminal. */
export const forTerminal = (text: string, longest = 200): string => bounded(text, longest, spelled);

/** For an editor: the end of a line, a problem, a line of a document. Plain text on one line. */
export const forEditor = (text: string, longest = MOST): string => bounded(text, longest, inOneLine);

/** For labels of VS Code with icons: status bar, progress in it, items of a list, lenses. Here `$(name)` is text. */
export const forLabel = (text: string, longest = NAME): string => bounded(text, longest, inOneLine, '$(');

/** For the clipboard, from where it may be pasted into a shell: lines stay, and nothing in them is typed as a key. */
export const forClipboard = (text: string): string =>
  text
    .slice(0, LONGEST_COPY)
    .split('\n')
    .map((line) => forEditor(line))
    .join('\n');
const LONGEST_COPY = 1_000_000;

/**
 * For a notification, a title of progress and an error of a debug adapter, where `[text](command:…)` is a link and a
 * command may do anything. VS Code cuts a message at 1000.
 */
export const forNotification = (text: string, longest = 1000): string => bounded(text, longest, inOneLine, '](');

/**
 * For the source of a Markdown document, which is also read and copied as it is: escaped is what can begin markup, a
 * formula or a link by itself.
 */
export const forMarkdown = (text: string, longest = SENTENCES): string =>
  bounded(text, longest, spelled).trim().replace(ADDRESS, ' $&').replace(MARKUP, '\\$&');
/**
 * Readers of Markdown make links of what looks like an address. Many do so after they have undone the escapes, so it is put
 * apart: between the slashes, or before the @.
 */
const ADDRESS = /(?<=(?<!\/)\/)\/(?=[^\s/])|(?<=[\w.+&=$:;-])@(?=[^\s@/]*\.[^\s@]*\p{L})|(?<=mailto:[^\s@]*)@/giu;
const MARKUP = /[\\`*_{}[\]<>()#+!|~&$@-]|:(?=[^\s\d])|(?<=\/)\/|(?<=\bwww)\.|(?<=^\d+)\.|^=/gi;

/** For a hover, whose links may run commands: all that CommonMark can escape is escaped, so none of it is markup. */
export const forHover = (text: string, longest = MOST): string =>
  forEditor(text, longest)
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, '\\$&');

/** As code in Markdown: no escape counts in it, and it ends where as many backticks stand as begin it. */
export function forCode(text: string, longest = NAME): string {
  const code = forEditor(text, longest);
  const ticks = (code.match(/`+/g) ?? []).map(({ length }) => length);
  const fence = '`'.repeat(Math.max(0, ...ticks) + 1);
  return ticks.length > 0 ? `${fence} ${code} ${fence}` : `${fence}${code}${fence}`;
}

/** A part of an address that a link in Markdown leads to: nothing in it ends the link. */
export const forAddress = (part: string): string =>
  encodeURIComponent(part.replace(/\p{Cs}/gu, '\uFFFD')).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));

/** JSON of the same value in letters that no terminal obeys and no editor hides. */
export function forJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, undefined, indent);
  if (HARMLESS_JSON.test(json)) return json; // of megabytes, nearly all is
  return json.replace(UNSEEN_IN_JSON, (character) =>
    character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
const HARMLESS_JSON = /^[\x20-\x7E\n]*$/;
/** But for the ends of lines between values. */
const UNSEEN_IN_JSON = new RegExp(`(?!\n)[${UNSEEN}]`, 'gu');
