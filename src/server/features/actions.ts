// Quick fixes, and the comments that turn a finding off.
import { CodeActionKind, type CodeAction, type Diagnostic, type TextEdit } from 'vscode-languageserver/node';
import { t } from '../../common/l10n';
import type { Diagnosis } from '../project';
import type { Finding } from '../rules/check';
import { positionOf, rangeOf } from './positions';
import { SOURCE } from './diagnostics';

/** Command of the client that shows the page of a rule. */
const SHOW_RULE = 'threadLifelines.showRule';

/** @param showsRules whether the client has that command */
export function actionsFor(
  { module: { tree }, findings }: Diagnosis,
  uri: string,
  diagnostics: readonly Diagnostic[],
  showsRules: boolean,
): CodeAction[] {
  const make = (title: string, diagnostic: Diagnostic, edits: TextEdit[], isPreferred = false): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: { changes: { [uri]: edits } },
    ...(isPreferred ? { isPreferred } : {}),
  });
  return diagnostics
    .filter(({ source }) => source === SOURCE)
    .flatMap((diagnostic) => {
      const found = findings.find((one) => isOf(diagnostic, one, tree));
      if (!found) return [];
      const { fix, rule } = found;
      const edits = fix?.edits.map((edit) => ({ range: rangeOf(tree, edit), newText: edit.text }));
      return [
        ...(fix ? [make(fix.title, diagnostic, edits!, true)] : []),
        make(t('Disable {0} for this line', rule), diagnostic, [commentBefore(tree, found)]),
        make(t('Disable {0} for this file', rule), diagnostic, [commentOnTop(tree, rule)]),
        ...(showsRules ? [{ ...explain(rule), diagnostics: [diagnostic] }] : []),
      ];
    });
}

const isOf = ({ code, range }: Diagnostic, { rule, span }: Finding, tree: Diagnosis['module']['tree']): boolean => {
  const { line, character } = positionOf(tree, span.start);
  return code === rule && range.start.line === line && range.start.character === character;
};

function explain(rule: string): CodeAction {
  const title = t('Explain {0}', rule);
  return { title, kind: CodeActionKind.QuickFix, command: { title, command: SHOW_RULE, arguments: [rule] } };
}

function commentBefore(tree: Diagnosis['module']['tree'], { rule, span }: Finding): TextEdit {
  const { line } = positionOf(tree, span.start);
  const start = tree.getLineStarts()[line]!;
  const indent = /^[ \t]*/.exec(tree.text.slice(start))![0];
  const position = { line, character: 0 };
  return {
    range: { start: position, end: position },
    newText: `${indent}// thread-lifelines-disable-next-line ${rule}\n`,
  };
}

/** The first line, or the one after `#!`. */
function commentOnTop(tree: Diagnosis['module']['tree'], rule: string): TextEdit {
  const position = { line: tree.text.startsWith('#!') ? 1 : 0, character: 0 };
  return { range: { start: position, end: position }, newText: `/* thread-lifelines-disable ${rule} */\n` };
}
