// Findings in the format that code hosts show (SARIF 2.1.0). Pure.
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { RULES, RULE_IDS, type Severity } from '../protocol/rules';
import type { LintFinding } from '../server/lint';

declare const PRODUCT_VERSION: string;

const LEVELS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' };
const BASE = 'SRCROOT';

/** @param root folder that paths are relative to */
export function sarifOf(findings: readonly LintFinding[], root: string): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Thread Lifelines', version: PRODUCT_VERSION, rules: RULE_IDS.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [BASE]: { uri: `${pathToFileURL(root).href}/` } },
        results: findings.map((found) => resultOf(found, root)),
      },
    ],
  };
}

const ruleOf = (id: (typeof RULE_IDS)[number]): object => ({
  id,
  shortDescription: { text: RULES[id].title },
  fullDescription: { text: RULES[id].explanation },
  help: { text: RULES[id].advice },
  defaultConfiguration: { level: LEVELS[RULES[id].severity] },
});

function resultOf(
  { rule, severity, file, line, column, endLine, endColumn, message }: LintFinding,
  root: string,
): object {
  const uri = path.relative(root, file).split(path.sep).map(encodeURIComponent).join('/');
  return {
    ruleId: rule,
    ruleIndex: RULE_IDS.indexOf(rule),
    level: LEVELS[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri, uriBaseId: BASE },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
  };
}
