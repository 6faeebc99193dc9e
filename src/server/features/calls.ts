// Who starts whom, as a call hierarchy: each start of a thread is a call.
import * as path from 'node:path';
import {
  SymbolKind,
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Position,
  type Range,
} from 'vscode-languageserver/node';
import { t } from '../../common/l10n';
import { forEditor } from '../../common/untrusted';
import type { FunctionSpan } from '../language';
import type { Project } from '../project';
import { offsetOf, rangeOf, touches } from './positions';
import { startsOf, startsOfFunctions, type UriOf } from './starts';

const TOP = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** At a start: the script or the function that it starts. Elsewhere: the file itself, if it starts threads or is started as one. */
export function itemsAt(project: Project, file: string, position: Position, uriOf: UriOf): CallHierarchyItem[] {
  const read = project.read(file);
  if (!read) return [];
  const offset = offsetOf(read.lines, position);
  const here = read.scripts.filter(({ span }) => touches(span, offset));
  const targets = here.flatMap((reference) => project.targetOf(reference, file) ?? []);
  if (targets.length > 0) return [...new Set(targets)].map((target) => itemOf(target, uriOf));
  const run = read.functions.find(({ span }) => touches(span, offset));
  if (run) return functionItem(project, run, file, uriOf);
  const isOurs = read.scripts.length > 0 || read.functions.length > 0 || project.startersOf(file).length > 0;
  return isOurs && position.line === 0 ? [itemOf(file, uriOf)] : [];
}

/** @param item the name of a function in the file, or the file itself */
export function incomingOf(project: Project, file: string, uriOf: UriOf, item: Range): CallHierarchyIncomingCall[] {
  const byStarter = new Map<string, CallHierarchyIncomingCall>();
  const read = project.read(file);
  const starts =
    isTop(item) || !read
      ? startsOf(project, file, uriOf)
      : (startsOfFunctions(project, file, uriOf).get(offsetOf(read.lines, item.start)) ?? []);
  for (const { file: starter, location } of starts) {
    const known = byStarter.get(starter);
    if (known) known.fromRanges.push(location.range);
    else byStarter.set(starter, { from: itemOf(starter, uriOf), fromRanges: [location.range] });
  }
  return [...byStarter.values()];
}

export function outgoingOf(project: Project, file: string, uriOf: UriOf): CallHierarchyOutgoingCall[] {
  const read = project.read(file);
  const byTarget = new Map<string, CallHierarchyOutgoingCall>();
  for (const reference of read?.scripts ?? []) {
    const target = project.targetOf(reference, file);
    if (target === undefined) continue;
    const range = rangeOf(read!.lines, reference.call ?? reference.span);
    const known = byTarget.get(target);
    if (known) known.fromRanges.push(range);
    else byTarget.set(target, { to: itemOf(target, uriOf), fromRanges: [range] });
  }
  const functions = (read?.functions ?? []).flatMap((run): CallHierarchyOutgoingCall[] =>
    functionItem(project, run, file, uriOf).map((to) => ({ to, fromRanges: [rangeOf(read!.lines, run.span)] })),
  );
  return [...byTarget.values(), ...functions];
}

function functionItem(project: Project, run: FunctionSpan, file: string, uriOf: UriOf): CallHierarchyItem[] {
  const there = run.file ?? file;
  const read = project.read(there);
  if (!read) return [];
  const range = rangeOf(read.lines, run.name);
  const name = forEditor(run.title);
  return [
    { name, kind: SymbolKind.Function, detail: t('runs as a thread'), uri: uriOf(there), range, selectionRange: range },
  ];
}

const isTop = ({ start, end }: Range): boolean => start.line === end.line && start.character === end.character;

const itemOf = (file: string, uriOf: UriOf): CallHierarchyItem => ({
  name: forEditor(path.basename(file)),
  kind: SymbolKind.File,
  detail: t('starts threads or runs as one'),
  uri: uriOf(file),
  range: TOP,
  selectionRange: TOP,
});
