// Quick fixes, and comments that disable a rule.
import { CodeActionKind, type CodeAction, type Diagnostic, type TextEdit } from 'vscode-languageserver/node';
import { t } from '../../common/l10n';
import type { CommentSyntax, Finding, Lines } from '../language';
import type { Diagnosis } from '../project';
import { fileComment, nextLineComment } from '../suppression';
import { SOURCE } from './diagnostics';
import { positionOf, rangeOf } from './positions';

/** Command of the client that shows the page of a rule. */
const SHOW_RULE = 'threadLifelines.showRule';

/** @param showsRules whether the client has that command */
export function actionsFor(
  { lines, comment, findings }: Diagnosis,
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
    .filter(({ source }) => source?.startsWith(SOURCE))
    .flatMap((diagnostic) => {
      const found = findings.find((one) => isOf(diagnostic, one, lines));
      if (!found) return [];
      const { fix, rule } = found;
      const edits = fix?.edits.map((edit) => ({ range: rangeOf(lines, edit), newText: edit.text }));
      return [
        ...(fix ? [make(fix.title, diagnostic, edits!, true)] : []),
        make(t('Disable {0} for this line', rule), diagnostic, [commentBefore(lines, comment, found)]),
        make(t('Disable {0} for this file', rule), diagnostic, [commentOnTop(lines, comment, rule)]),
        ...(showsRules ? [{ ...explain(rule), diagnostics: [diagnostic] }] : []),
      ];
    });
}

/** What a run found is about the same line, and often about another place in it. */
const isOf = ({ code, source, range }: Diagnostic, { rule, span }: Finding, lines: Lines): boolean => {
  const { line, character } = positionOf(lines, span.start);
  const isSame = source !== SOURCE || range.start.character === character;
  return code === rule && range.start.line === line && isSame;
};

function explain(rule: string): CodeAction {
  const title = t('Explain {0}', rule);
  return { title, kind: CodeActionKind.QuickFix, command: { title, command: SHOW_RULE, arguments: [rule] } };
}

function commentBefore(lines: Lines, comment: CommentSyntax, { rule, span }: Finding): TextEdit {
  const { line } = positionOf(lines, span.start);
  const start = lines.getLineStarts()[line]!;
  const indent = /^[ \t]*/.exec(lines.text.slice(start))![0];
  const position = { line, character: 0 };
  return {
    range: { start: position, end: position },
    newText: `${indent}${nextLineComment(comment, rule)}\n`,
  };
}

/** The first line, or the one after `#!`. */
function commentOnTop(lines: Lines, comment: CommentSyntax, rule: string): TextEdit {
  const position = { line: lines.text.startsWith('#!') ? 1 : 0, character: 0 };
  return { range: { start: position, end: position }, newText: `${fileComment(comment, rule)}\n` };
}
