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
import type { Pool, ScriptSpan, Span } from '../language';
import type { Project } from '../project';
import { offsetOf, positionOf, rangeOf, touches } from './positions';

/** Command of the client that opens a list of locations: `[uri, position, locations]`. */
export const SHOW_PLACES = 'threadLifelines.showPlaces';

const TOP: Location['range'] = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export type UriOf = (file: string) => string;

/**
 * What its threads are after each start, where it is known.
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
  const lineOf = (offset: number): number => positionOf(read.lines, offset).line;
  const isSpanSaid = ({ start, end }: Span): boolean => isSaid(lineOf(start), lineOf(end));
  return read.starts.flatMap(({ span, label, story, begins = [] }) => {
    const position = positionOf(read.lines, span.end);
    if (label === undefined || position.line < from.line || position.line > to.line) return [];
    if ([span, ...begins].some(isSpanSaid)) return [];
    const tooltip = story === undefined ? {} : { tooltip: story };
    return { position, label, kind: InlayHintKind.Type, paddingLeft: true, ...tooltip };
  });
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
  const reference = [...read.scripts, ...read.starts].find(({ callee }) => touches(callee, offset));
  if (!reference) return undefined;
  const { span, callee } = reference;
  const isOfThis = (one: { span: Span }): boolean => isSame(one.span, span);
  const { pool } = read.scripts.find(isOfThis) ?? {};
  const targets = read.scripts.filter(isOfThis).flatMap((one) => project.targetOf(one, file) ?? []);
  const scripts = [...new Set(targets)].map((target) => forCode(path.basename(target)));
  const names = [...scripts, ...read.functions.filter(isOfThis).map(({ title }) => forCode(title))];
  const texts = [
    ...(names.length === 0 ? [] : [t('Runs {0}.', names.join(', '))]),
    ...(pool ? poolText(pool) : read.starts.filter(isOfThis).flatMap(({ story }) => story ?? [])),
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

/** Above the first line of a script, or above a function: who starts it. Above each start: what it runs. */
export const lensesIn = (project: Project, file: string, uriOf: UriOf): CodeLens[] => [
  ...startedBy(project, file, uriOf),
  ...functionsStarted(project, file, uriOf),
  ...running(project, file, uriOf),
];

/** `Runs log.js`, `Runs work()`, once for each line. */
function running(project: Project, file: string, uriOf: UriOf): CodeLens[] {
  const read = project.read(file);
  if (!read) return [];
  const byLine = new Map<number, Map<string, Location>>();
  const add = (at: Span, title: string, location: Location): void => {
    const { line } = positionOf(read.lines, at.start);
    const known = byLine.get(line);
    if (known) known.set(title, location);
    else byLine.set(line, new Map([[title, location]]));
  };
  for (const reference of read.scripts) {
    const target = project.targetOf(reference, file);
    if (target === undefined || target === file) continue;
    add(reference.call ?? reference.span, path.basename(target), { uri: uriOf(target), range: TOP });
  }
  for (const one of read.functions) {
    const there = one.file === undefined ? read : project.read(one.file);
    if (there) add(one.span, one.title, { uri: uriOf(one.file ?? file), range: rangeOf(there.lines, one.name) });
  }
  return [...byLine].map(([line, targets]) => {
    const start = { line, character: 0 };
    const title = t('Runs {0}', forLabel([...targets.keys()].join(', ')));
    const command = { title, command: SHOW_PLACES, arguments: [uriOf(file), start, [...targets.values()]] };
    return { range: { start, end: start }, command };
  });
}

/** Where functions of this file are started as threads, by the offset of their names. */
export function startsOfFunctions(
  project: Project,
  file: string,
  uriOf: UriOf,
): Map<number, { file: string; location: Location }[]> {
  const byName = new Map<number, { file: string; location: Location }[]>();
  for (const starter of new Set([file, ...project.startersOf(file)])) {
    const there = project.read(starter);
    for (const one of there?.functions ?? []) {
      if ((one.file ?? starter) !== file) continue;
      const start = { file: starter, location: { uri: uriOf(starter), range: rangeOf(there!.lines, one.span) } };
      const known = byName.get(one.name.start);
      if (known) known.push(start);
      else byName.set(one.name.start, [start]);
    }
  }
  return byName;
}

/** `Started as a thread by main.py:8`, above each function that a thread runs. */
function functionsStarted(project: Project, file: string, uriOf: UriOf): CodeLens[] {
  const read = project.read(file);
  if (!read) return [];
  return [...startsOfFunctions(project, file, uriOf)].map(([offset, starts]) => {
    const start = { line: positionOf(read.lines, offset).line, character: 0 };
    const title =
      starts.length === 1
        ? t('Started as a thread by {0}', placeOf(starts[0]!))
        : tally(starts.length, 'Started as a thread from {0} place', 'Started as a thread from {0} places');
    const locations = starts.map(({ location }) => location);
    return {
      range: { start, end: start },
      command: { title, command: SHOW_PLACES, arguments: [uriOf(file), start, locations] },
    };
  });
}

/** `main.js:8` */
const placeOf = ({ file, location }: { file: string; location: Location }): string =>
  forLabel(`${path.basename(file)}:${location.range.start.line + 1}`);

/** `Started as a worker by main.js:8` */
function startedBy(project: Project, file: string, uriOf: UriOf): CodeLens[] {
  const starts = startsOf(project, file, uriOf);
  const [first] = starts;
  if (!first) return [];
  const title =
    starts.length === 1
      ? t('Started as a worker by {0}', placeOf(first))
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
