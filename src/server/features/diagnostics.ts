// Findings as diagnostics.
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { forEditor } from '../../common/untrusted';
import { ruleOf } from '../../protocol/rules';
import type { Diagnosis } from '../project';
import { severityOf, type Settings, type SeveritySetting } from '../settings';
import { positionOf, rangeOf } from './positions';

export const SOURCE = 'Thread Lifelines';

const SEVERITIES: Record<Exclude<SeveritySetting, 'off'>, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/**
 * @param pageOf address of a rule's page; undefined where there is none
 * @param isShown whether the editor has this problem already, from a run
 */
export function diagnosticsOf(
  found: Diagnosis | undefined,
  settings: Settings,
  pageOf: (rule: string) => string | undefined,
  isShown: (line: number, rule: string) => boolean,
): Diagnostic[] {
  if (!found) return [];
  return found.findings.flatMap(({ rule, span, message, severity: own }) => {
    const severity = severityOf(settings, rule, own);
    if (severity === 'off' || isShown(positionOf(found.lines, span.start).line, rule)) return [];
    const href = pageOf(rule);
    return {
      range: rangeOf(found.lines, span),
      severity: SEVERITIES[severity],
      source: SOURCE,
      code: rule,
      message: `${forEditor(message)} ${ruleOf(rule, found.runtime).advice}`,
      ...(href === undefined ? {} : { codeDescription: { href } }),
    };
  });
}
