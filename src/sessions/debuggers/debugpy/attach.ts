// Brings the probe into a Python program that runs already: the debugger evaluates a line of Python in a thread of its own.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { activityText, SPOOL_SUFFIX, type ActivitySettings } from '../../../protocol/spool';
import type { Attached } from '../../../transport/devTools/attach';

/** Empty files that the probe leaves where it did not come in. */
const OUTCOMES = ['observed', 'failed'] as const;

/**
 * Resolves when the line has run. Rejects when the debugger cannot do it.
 * @param folder of the probe
 */
export async function attachProbe(
  session: vscode.DebugSession,
  folder: string,
  { spool, settings }: { spool: string; settings: ActivitySettings },
): Promise<Attached> {
  const expression = bringingIn(folder, spool, activityText(settings) ?? '');
  // Of other contexts the answer would be printed in the program's output.
  await session.customRequest('evaluate', { expression, context: 'watch' });
  const files = fs.readdirSync(spool);
  if (files.some((file) => file.endsWith(SPOOL_SUFFIX))) return 'attached';
  const outcome = OUTCOMES.find((one) => files.includes(one));
  if (outcome) fs.rmSync(path.join(spool, outcome));
  return outcome ?? 'elsewhere';
}

/** An expression whose value is None, which leaves no names behind. */
function bringingIn(folder: string, spool: string, activity: string): string {
  const [source, ...given] = [path.join(folder, 'sitecustomize.py'), folder, spool, activity].map((text) =>
    JSON.stringify(text),
  );
  const isThere = `__import__('os').path.exists(${source!})`;
  const read = `exec(open(${source!}, encoding='utf-8').read(), names)`;
  const call = `names['attach'](${given.join(', ')})`;
  return `(lambda names: ${isThere} and (${read}, ${call}) and None or None)({'__name__': 'thread_lifelines'})`;
}
