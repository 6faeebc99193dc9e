// What editors show at the starts of threads and in their scripts: hints, lenses, links, hovers and definitions.
import * as path from 'node:path';
import {
  InlayHintKind,
  MarkupKind,
  type CodeLens,
  type DocumentLink,
  type Hover,
  type InlayHint,
  type Location,
  type Position,
} from 'vscode-languageserver/node';
import { t, tally } from '../../common/l10n';
import { forCode, forLabel } from '../../common/untrusted';
import type { Fate, Pool, ScriptSpan, Span, StartSpan } from '../language';
import type { Project } from '../project';
import { offsetOf, positionOf, rangeOf, touches } from './positions';

/** Command of the client that opens a list of locations: `[uri, position, locations]`. */
export const SHOW_PLACES = 'threadLifelines.showPlaces';

const TOP: Location['range'] = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export type UriOf = (file: string) => string;

/**
 * `daemon` or `keeps the process alive` after each start, where it is known.
 * @param isSaid whether the editor says it on one of these lines
 */
export function hintsIn(
  project: Project,
  file: string,
  { start: from, end: to }: Location['range'],
  isSaid: (first: number, last: number) => boolean,
): InlayHint[] {
  const read = project.read(file);
  if (!read) return [];
  return fates(read.starts).flatMap(({ span, fate }) => {
    const position = positionOf(read.lines, span.end);
    if (fate === 'unknown' || position.line < from.line || position.line > to.line) return [];
    if (isSaid(positionOf(read.lines, span.start).line, position.line)) return [];
    const label = fate === 'daemon' ? t('daemon') : t('keeps the process alive');
    return { position, label, kind: InlayHintKind.Type, paddingLeft: true, tooltip: fateText(fate) };
  });
}

/** One for each span: starts at the same span must agree. */
function fates(starts: readonly StartSpan[]): StartSpan[] {
  const bySpan = new Map<number, StartSpan>();
  for (const { span, fate } of starts) {
    const before = bySpan.get(span.start)?.fate;
    bySpan.set(span.start, { span, fate: before === undefined || before === fate ? fate : 'unknown' });
  }
  return [...bySpan.values()];
}

function fateText(fate: Fate): string {
  if (fate === 'daemon') return t('When main finishes, this worker is killed, whatever it is doing.');
  if (fate === 'keeps-alive') return t('The process waits for this worker to end.');
  return t('The source does not show whether the process waits for this worker.');
}

/** From the path in the source to the script. */
export function linksIn(project: Project, file: string, uriOf: UriOf): DocumentLink[] {
  const read = project.read(file);
  if (!read) return [];
  return namesIn(project, file, read.scripts).map(({ span, target }) => ({
    range: rangeOf(read.lines, span),
    target: uriOf(target),
    tooltip: t('Open the worker’s script'),
  }));
}

export function definitionAt(project: Project, file: string, position: Position, uriOf: UriOf): Location[] {
  const read = project.read(file);
  if (!read) return [];
  const offset = offsetOf(read.lines, position);
  return namesIn(project, file, read.scripts)
    .filter(({ span }) => touches(span, offset))
    .map(({ target }) => ({ uri: uriOf(target), range: TOP }));
}

/** One for each script that is named in the source; where arguments of a function name them, one for each of its calls. */
function namesIn(project: Project, file: string, references: readonly ScriptSpan[]): { span: Span; target: string }[] {
  const found = references.flatMap((reference) => {
    const target = project.targetOf(reference, file);
    return target !== undefined && target !== file && reference.script ? { span: reference.script, target } : [];
  });
  return [...new Map(found.map((one) => [`${one.span.start} ${one.target}`, one])).values()];
}

export function hoverAt(project: Project, file: string, position: Position): Hover | undefined {
  const read = project.read(file);
  if (!read) return undefined;
  const offset = offsetOf(read.lines, position);
  const reference = read.scripts.find(({ callee }) => touches(callee, offset));
  if (!reference) return undefined;
  const { span, callee, pool } = reference;
  const targets = read.scripts.flatMap((one) => (isSame(one.span, span) ? (project.targetOf(one, file) ?? []) : []));
  const scripts = [...new Set(targets)].map((target) => forCode(path.basename(target)));
  const texts = [
    ...(scripts.length === 0 ? [] : [t('Runs {0}.', scripts.join(', '))]),
    ...(pool
      ? poolText(pool)
      : fates(read.starts).flatMap((one) => (isSame(one.span, span) ? fateText(one.fate) : []))),
  ];
  if (texts.length === 0) return undefined;
  return {
    contents: { kind: MarkupKind.Markdown, value: texts.join('\n\n') },
    range: rangeOf(read.lines, callee),
  };
}

const isSame = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;

/** What happens to the threads of a library when main finishes. */
function poolText({ daemons, ends, tasks }: Pool): string[] {
  if (!daemons) return ends[0] ? [t('Its threads keep the process alive until {0}() is called.', ends[0])] : [];
  return tasks.length > 0
    ? [t('Its threads are daemons: tasks that nobody waits for are cut off when main finishes.')]
    : [];
}

/** Above the first line of a script: who starts it. Above each start: the script it runs. */
export const lensesIn = (project: Project, file: string, uriOf: UriOf): CodeLens[] => [
  ...startedBy(project, file, uriOf),
  ...running(project, file, uriOf),
];

/** `Runs log.js`, once for each line. */
function running(project: Project, file: string, uriOf: UriOf): CodeLens[] {
  const read = project.read(file);
  if (!read) return [];
  const byLine = new Map<number, Set<string>>();
  for (const reference of read.scripts) {
    const target = project.targetOf(reference, file);
    if (target === undefined || target === file) continue;
    const { line } = positionOf(read.lines, (reference.call ?? reference.span).start);
    const known = byLine.get(line);
    if (known) known.add(target);
    else byLine.set(line, new Set([target]));
  }
  return [...byLine].map(([line, targets]) => {
    const start = { line, character: 0 };
    const locations = [...targets].map((target) => ({ uri: uriOf(target), range: TOP }));
    const title = t('Runs {0}', forLabel([...targets].map((target) => path.basename(target)).join(', ')));
    const command = { title, command: SHOW_PLACES, arguments: [uriOf(file), start, locations] };
    return { range: { start, end: start }, command };
  });
}

/** `Started as a worker by main.js:8` */
function startedBy(project: Project, file: string, uriOf: UriOf): CodeLens[] {
  const starts = startsOf(project, file, uriOf);
  const [first] = starts;
  if (!first) return [];
  const named = forLabel(`${path.basename(first.file)}:${first.location.range.start.line + 1}`);
  const title =
    starts.length === 1
      ? t('Started as a worker by {0}', named)
      : tally(starts.length, 'Started as a worker from {0} place', 'Started as a worker from {0} places');
  const locations = starts.map(({ location }) => location);
  return [{ range: TOP, command: { title, command: SHOW_PLACES, arguments: [uriOf(file), TOP.start, locations] } }];
}

/** Where other modules start this script. */
export function startsOf(project: Project, file: string, uriOf: UriOf): { file: string; location: Location }[] {
  return project.startersOf(file).flatMap((starter) => {
    const read = project.read(starter);
    if (!read || starter === file) return [];
    const spans = read.scripts
      .filter((reference) => project.targetOf(reference, starter) === file)
      .map(({ call, span }) => call ?? span);
    return spans.map((span) => ({
      file: starter,
      location: { uri: uriOf(starter), range: rangeOf(read.lines, span) },
    }));
  });
}
