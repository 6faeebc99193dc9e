// Completes kinds of messages: in `{ type: 'save' }` those that the other side handles, in `m.type === 'save'` those that
// it posts.
import { CompletionItemKind, type CompletionItem, type Position } from 'vscode-languageserver/node';
import { forEditor } from '../../common/untrusted';
import type { MessageKind, Reading } from '../language';
import type { Project } from '../project';
import { offsetOf, rangeOf, touches } from './positions';

const LONGEST_LABEL = 120;

export function messageTypesAt(project: Project, file: string, position: Position): CompletionItem[] {
  const read = project.read(file);
  if (!read) return [];
  const offset = offsetOf(read.lines, position);
  if (!read.stringAt(offset)) return []; // nearly always, and kinds are looked for in the whole text
  const kind = read.messageKinds.find(({ literal }) => touches(literal.span, offset));
  if (!kind) return [];
  const range = rangeOf(read.lines, kind.literal.span);
  const others = otherSides(project, file);
  const values = new Set(
    others.flatMap((other) => valuesIn(other, kind.property, kind.does === 'asks' ? 'posts' : 'asks')),
  );
  return [...values].map((value) => ({
    label: forEditor(value, LONGEST_LABEL),
    kind: CompletionItemKind.EnumMember,
    filterText: value,
    textEdit: { range, newText: value.replace(/[\\'"`]/g, '\\$&') },
  }));
}

/** Files that exchange messages with this one: those that start it, and the scripts that it starts. */
function otherSides(project: Project, file: string): Reading[] {
  const scripts = project.read(file)?.scripts.flatMap((reference) => project.targetOf(reference, file) ?? []) ?? [];
  return [...new Set([...project.startersOf(file), ...scripts])].flatMap((one) => project.read(one) ?? []);
}

/** Only what is one line of text. */
const valuesIn = ({ messageKinds }: Reading, property: string, does: MessageKind['does']): string[] =>
  messageKinds
    .filter((one) => one.does === does && one.property === property && /^.+$/.test(one.literal.text))
    .map(({ literal }) => literal.text);
