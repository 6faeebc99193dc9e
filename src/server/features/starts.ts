// What the editor shows where workers are started, and in their scripts: hints, lenses, links, hovers and definitions.
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
import type { Project } from '../project';
import { fateOf, type Fate } from '../source/fate';
import type { Start } from '../source/starts';
import { spanOf, type Span } from '../source/syntax';
import { offsetOf, positionOf, rangeOf } from './places';

/** Command of the client that opens a list of places: `[uri, position, locations]`. */
export const SHOW_PLACES = 'threadLifelines.showPlaces';

const TOP: Location['range'] = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export type UriOf = (file: string) => string;

/** `daemon` or `keeps the process alive` behind each start of which that is known. */
export function hintsIn(project: Project, file: string, { start: from, end: to }: Location['range']): InlayHint[] {
  const read = project.read(file);
  if (!read) return [];
  const { tree } = read.module;
  return [...fates(read.starts)].flatMap(([node, fate]) => {
    const position = positionOf(tree, node.end);
    if (fate === 'unknown' || position.line < from.line || position.line > to.line) return [];
    const label = fate === 'daemon' ? t('daemon') : t('keeps the process alive');
    return { position, label, kind: InlayHintKind.Type, paddingLeft: true, tooltip: fateText(fate) };
  });
}

/** By the place of `new Worker`: what is said of several starts there must hold for all. */
function fates(starts: readonly Start[]): Map<Span, Fate> {
  const byNode = new Map<Start['node'], Fate>();
  for (const start of starts) {
    const [fate, before] = [fateOf(start), byNode.get(start.node)];
    byNode.set(start.node, before === undefined || before === fate ? fate : 'unknown');
  }
  return new Map([...byNode].map(([node, fate]) => [spanOf(node), fate]));
}

function fateText(fate: Fate): string {
  if (fate === 'daemon') return t('When main is done, this worker is killed in the middle of whatever it does.');
  if (fate === 'keeps-alive') return t('The process does not end before this worker does.');
  return t('Whether the process waits for this worker cannot be seen here.');
}

/** From the path in the source to the script. */
export function linksIn(project: Project, file: string, uriOf: UriOf): DocumentLink[] {
  const read = project.read(file);
  if (!read) return [];
  return scriptsIn(project, file, read.starts).map(({ span, target }) => ({
    range: rangeOf(read.module.tree, span),
    target: uriOf(target),
    tooltip: t('The script of this worker'),
  }));
}

export function definitionAt(project: Project, file: string, position: Position, uriOf: UriOf): Location[] {
  const read = project.read(file);
  if (!read) return [];
  const offset = offsetOf(read.module.tree, position);
  return scriptsIn(project, file, read.starts)
    .filter(({ span }) => offset >= span.start && offset <= span.end)
    .map(({ target }) => ({ uri: uriOf(target), range: TOP }));
}

/** One for each script that is named in place; of a function that starts several, for each of its calls. */
function scriptsIn(project: Project, file: string, starts: readonly Start[]): { span: Span; target: string }[] {
  return starts.flatMap((start) => {
    const target = project.targetOf(start, file);
    const node = start.call ? start.call.arguments[0] : start.node.arguments?.[0];
    return target !== undefined && target !== file && node ? { span: spanOf(node), target } : [];
  });
}

export function hoverAt(project: Project, file: string, position: Position): Hover | undefined {
  const read = project.read(file);
  if (!read) return undefined;
  const { tree } = read.module;
  const offset = offsetOf(tree, position);
  const start = read.starts.find(({ node }) => offset >= node.getStart() && offset <= node.expression.getEnd());
  if (!start) return undefined;
  const target = project.targetOf(start, file);
  const fate = fates(read.starts.filter(({ node }) => node === start.node))
    .values()
    .next().value!;
  const lines = [
    ...(target === undefined || start.call ? [] : [t('Runs {0}.', `\`${path.basename(target)}\``)]),
    fateText(fate),
  ];
  return {
    contents: { kind: MarkupKind.Markdown, value: lines.join('\n\n') },
    range: rangeOf(tree, { start: start.node.getStart(), end: start.node.expression.getEnd() }),
  };
}

/** `Started by main.js:8` over the first line of a script that others start. */
export function lensesIn(project: Project, file: string, uriOf: UriOf): CodeLens[] {
  const places = startsOf(project, file, uriOf);
  const [first] = places;
  if (!first) return [];
  const named = `${path.basename(first.file)}:${first.location.range.start.line + 1}`;
  const title =
    places.length === 1
      ? t('Started as a worker by {0}', named)
      : tally(places.length, 'Started as a worker from {0} place', 'Started as a worker from {0} places');
  const locations = places.map(({ location }) => location);
  return [{ range: TOP, command: { title, command: SHOW_PLACES, arguments: [uriOf(file), TOP.start, locations] } }];
}

/** Where other modules start this script. */
export function startsOf(project: Project, file: string, uriOf: UriOf): { file: string; location: Location }[] {
  return project.startersOf(file).flatMap((starter) => {
    const read = project.read(starter);
    if (!read || starter === file) return [];
    const spans = read.starts
      .filter((start) => project.targetOf(start, starter) === file)
      .map(({ call, node }) => spanOf(call ?? node));
    return spans.map((span) => ({
      file: starter,
      location: { uri: uriOf(starter), range: rangeOf(read.module.tree, span) },
    }));
  });
}
