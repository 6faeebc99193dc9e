// Who starts whom, as a call hierarchy: each start of a thread is a call.
import * as path from 'node:path';
import {
  SymbolKind,
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Position,
} from 'vscode-languageserver/node';
import { t } from '../../common/l10n';
import { forEditor } from '../../common/untrusted';
import type { Project } from '../project';
import { offsetOf, rangeOf, touches } from './positions';
import { startsOf, type UriOf } from './starts';

const TOP = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** At a start: the script it starts. Elsewhere: the file itself, if it starts threads or is started as one. */
export function itemsAt(project: Project, file: string, position: Position, uriOf: UriOf): CallHierarchyItem[] {
  const read = project.read(file);
  if (!read) return [];
  const offset = offsetOf(read.lines, position);
  const here = read.scripts.filter(({ span }) => touches(span, offset));
  const targets = here.flatMap((reference) => project.targetOf(reference, file) ?? []);
  if (targets.length > 0) return [...new Set(targets)].map((target) => itemOf(target, uriOf));
  const isOurs = read.scripts.length > 0 || project.startersOf(file).length > 0;
  return isOurs && position.line === 0 ? [itemOf(file, uriOf)] : [];
}

export function incomingOf(project: Project, file: string, uriOf: UriOf): CallHierarchyIncomingCall[] {
  const byStarter = new Map<string, CallHierarchyIncomingCall>();
  for (const { file: starter, location } of startsOf(project, file, uriOf)) {
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
  return [...byTarget.values()];
}

const itemOf = (file: string, uriOf: UriOf): CallHierarchyItem => ({
  name: forEditor(path.basename(file)),
  kind: SymbolKind.File,
  detail: t('starts threads or runs as one'),
  uri: uriOf(file),
  range: TOP,
  selectionRange: TOP,
});
