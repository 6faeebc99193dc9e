// `lint`: prints what the rules find in source files.
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { forJson, forTerminal } from '../common/untrusted';
import { RULE_IDS, ruleOf, type RuleId } from '../protocol/rules';
import type * as Server from '../server/lint';
import type { LintFinding, LintResult } from '../server/lint';
import { sarifOf } from './sarif';
import type { Command } from './usage';

/** Bundle of the parser and the rules. It is large, and no other command needs it. */
const BUNDLE = './server.js';
const FOUND_CODE = 1;
const LONGEST = 1000;

export async function lintPaths({ paths, form }: Extract<Command, { kind: 'lint' }>): Promise<number> {
  const { lint } = createRequire(__filename)(BUNDLE) as typeof Server;
  const result = await lint(paths, process.cwd());
  process.stdout.write(printed(result, form));
  return result.findings.some(({ severity }) => severity !== 'info') ? FOUND_CODE : 0;
}

function printed(result: LintResult, form: 'text' | 'json' | 'sarif'): string {
  if (form === 'text') return text(result);
  const whole = form === 'json' ? result : sarifOf(result.findings, process.cwd());
  return `${forJson(whole, 2)}\n`;
}

function text({ files, findings }: LintResult): string {
  const lines = findings.map(
    (found) => `${locationOf(found)} ${found.severity} ${forTerminal(found.message, LONGEST)} [${found.rule}]`,
  );
  const adviceOf = (id: RuleId): string[] => [
    ...new Set(findings.flatMap(({ rule, runtime }) => (rule === id ? ruleOf(id, runtime).advice : []))),
  ];
  const advice = RULE_IDS.flatMap((id) => adviceOf(id).map((one) => `  ${id}: ${one}`));
  const count = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'} in ${files} ${files === 1 ? 'file' : 'files'}`;
  const blocks = [lines, advice, [count]].filter((block) => block.length > 0);
  return blocks.map((block) => `${block.join('\n')}\n`).join('\n');
}

/** In the form of compilers, which terminals turn into a link. */
const locationOf = ({ file, line, column }: LintFinding): string =>
  `${forTerminal(path.relative('', file), LONGEST)}:${line}:${column}`;
