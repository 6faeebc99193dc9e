// Stacks of threads as text, in the form that runtimes print. Pure.
import { t } from '../common/l10n';
import { forEditor } from '../common/untrusted';
import type { ThreadStack } from '../sessions/actions/hands';

const LONGEST_NAME = 200;

export function stacksText(stacks: readonly ThreadStack[], at: Date): string {
  const head = t('Stacks at {0}', at.toLocaleTimeString());
  return [head, ...stacks.map(stackText)].join('\n\n') + '\n';
}

function stackText({ label, id, paused, blocked, within, frames, failure }: ThreadStack): string {
  const name = forEditor(label, LONGEST_NAME);
  const title = id === 0 ? name : t('{0} (thread {1})', name, id);
  if (!frames) return `${title}: ${forEditor(failure ?? '')}`;
  const state = stateText(paused, blocked, within, frames.length > 0);
  return [`${title}: ${state}`, ...frames.map((frame) => `    at ${frameText(frame)}`)].join('\n');
}

function stateText(
  paused: boolean,
  blocked: string | undefined,
  within: string | undefined,
  inFunction: boolean,
): string {
  if (paused) return t('paused by the debugger');
  if (blocked !== undefined && inFunction) return t('waiting in {0}', forEditor(blocked, LONGEST_NAME));
  if (within !== undefined) return t('in {0}', `${forEditor(within, LONGEST_NAME)}()`);
  return inFunction ? t('running') : t('waiting in its event loop');
}

type Frame = NonNullable<ThreadStack['frames']>[number];

/** In one line, whatever the program calls its functions. */
function frameText({ name, url, line, column }: Frame): string {
  const place = url === '' ? t('native') : `${pathOf(url)}:${line}:${column}`;
  return `${name ? forEditor(name, LONGEST_NAME) : t('(anonymous)')} (${forEditor(place)})`;
}

/** file: URLs of the program’s own files as paths, which editors and terminals open. */
function pathOf(url: string): string {
  if (!url.startsWith('file:///')) return url;
  try {
    const path = decodeURIComponent(url.slice('file://'.length));
    return /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
  } catch {
    return url;
  }
}
