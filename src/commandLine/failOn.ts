// Whether a report fails a build. Pure.
import type { ExitReport } from '../model/report/report';
import { RULES, RULE_IDS, SEVERITIES } from '../protocol/rules';

/** Rules, categories and severities. */
export type FailOn = string[];

/** So that it is neither one of Node's own nor the usual 1 of a program that failed. */
export const FINDINGS_CODE = 3;

export const FAIL_ON_WORDS: string[] = [
  ...new Set(RULE_IDS.map((id) => RULES[id].category)),
  ...SEVERITIES,
  ...RULE_IDS,
];

export function fails(report: ExitReport, failOn: FailOn): boolean {
  const words = new Set(failOn);
  return report.processes.some(({ findings }) =>
    findings.some(({ rule, category, severity }) => {
      const asGrave = SEVERITIES.slice(SEVERITIES.indexOf(severity));
      return words.has(rule) || words.has(category) || asGrave.some((word) => words.has(word));
    }),
  );
}
