// Findings in files and folders, without any editor.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { HumanError } from '../common/humanError';
import type { RuntimeId } from '../protocol/probeEvents';
import { RULES, type RuleId, type Severity } from '../protocol/rules';
import { sourceFiles } from './files';
import { Project } from './project';

/** Lines and columns count from 1. */
export interface LintFinding {
  rule: RuleId;
  /** Whose words the rule has there. */
  runtime: RuntimeId;
  severity: Severity;
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
}

export interface LintResult {
  files: number;
  findings: LintFinding[];
}

/**
 * @param paths files and folders
 * @param root folder that relative paths of scripts are resolved against
 * @throws HumanError when one of the paths does not exist
 */
export async function lint(paths: readonly string[], root: string): Promise<LintResult> {
  const project = new Project();
  project.setRoots([path.resolve(root)]);
  const files: string[] = [];
  for (const given of paths) files.push(...(await filesAt(path.resolve(root, given), given)));
  for (const file of files) project.index(file);
  const findings = files.flatMap((file) => findingsIn(project, file));
  return { files: files.length, findings };
}

async function filesAt(at: string, given: string): Promise<string[]> {
  const stat = fs.statSync(at, { throwIfNoEntry: false });
  if (!stat) throw new HumanError(`File or folder not found: ${given}.`);
  if (!stat.isDirectory()) return [at];
  const files: string[] = [];
  for await (const file of sourceFiles(at)) files.push(file);
  return files.sort();
}

function findingsIn(project: Project, file: string): LintFinding[] {
  const found = project.diagnose(file);
  if (!found) return [];
  return found.findings.map(({ rule, severity, span, message }) => {
    const start = found.lines.getLineAndCharacterOfPosition(span.start);
    const end = found.lines.getLineAndCharacterOfPosition(span.end);
    return {
      rule,
      runtime: found.runtime,
      severity: severity ?? RULES[rule].severity,
      file,
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
      message,
    };
  });
}
