// Findings as diagnostics.
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { ruleOf } from '../../protocol/rules';
import type { Found } from '../project';
import { severityOf, type Settings, type Told } from '../settings';
import { rangeOf } from './places';

export const SOURCE = 'Thread Lifelines';

const SEVERITIES: Record<Exclude<Told, 'off'>, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** @param pageOf address of the page of a rule; undefined where the client has none to show */
export function diagnosticsOf(
  found: Found | undefined,
  settings: Settings,
  pageOf: (rule: string) => string | undefined,
): Diagnostic[] {
  if (!found) return [];
  const { tree } = found.module;
  return found.reports.flatMap(({ rule, at, message, severity }) => {
    const told = severityOf(settings, rule, severity);
    if (told === 'off') return [];
    const href = pageOf(rule);
    return {
      range: rangeOf(tree, at),
      severity: SEVERITIES[told],
      source: SOURCE,
      code: rule,
      message: `${message} ${ruleOf(rule).advice}`,
      ...(href === undefined ? {} : { codeDescription: { href } }),
    };
  });
}
