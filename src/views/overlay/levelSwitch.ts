// How much the editor shows of a run: a click in the status bar, or the command, makes it quieter by a step.
import * as vscode from 'vscode';
import { t } from '../../common/l10n';
import { LEVELS, isLevel, nextLevel, type Level } from '../../overlay/level';
import type { EditorOverlay } from './editorOverlay';

const SETTING = 'threadLifelines.overlay.level';
const COMMAND = 'threadLifelines.switchOverlayLevel';

/** @param wanted a level; the next one when it is none */
export async function switchLevel(wanted: unknown): Promise<void> {
  const level = isLevel(wanted) ? wanted : nextLevel(levelNow());
  const settings = vscode.workspace.getConfiguration();
  const isOfFolder = settings.inspect(SETTING)?.workspaceValue !== undefined;
  await settings.update(SETTING, level, isOfFolder ? undefined : vscode.ConfigurationTarget.Global);
}

/** In the status bar while the editor shows a run. */
export function showLevel(overlay: EditorOverlay): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('threadLifelines.overlayLevel', vscode.StatusBarAlignment.Left);
  item.name = t('Threads in the Editor');
  item.command = COMMAND;
  const draw = (): void => {
    if (!overlay.shown) return item.hide();
    const level = levelNow();
    item.text = ICONS[level];
    item.tooltip = tooltip(level);
    item.accessibilityInformation = { label: `${t('Threads in the Editor')}: ${nameOf(level)}` };
    item.show();
  };
  return vscode.Disposable.from(item, overlay.onDidDraw(draw));
}

function levelNow(): Level {
  const level = vscode.workspace.getConfiguration().get<unknown>(SETTING);
  return isLevel(level) ? level : 'all';
}

const ICONS: Record<Level, string> = { all: '$(eye)', line: '$(eye-watch)', problems: '$(eye-closed)' };

function nameOf(level: Level): string {
  if (level === 'all') return t('all lines');
  return level === 'line' ? t('the current line') : t('problems only');
}

/** The level that is set, and the others as links. */
function tooltip(now: Level): vscode.MarkdownString {
  const levels = LEVELS.map((level) =>
    level === now
      ? `**${nameOf(level)}**`
      : `[${nameOf(level)}](command:${COMMAND}?${encodeURIComponent(JSON.stringify([level]))})`,
  );
  const text = new vscode.MarkdownString(`${t('Threads in the Editor')}: ${levels.join(' · ')}`);
  text.isTrusted = { enabledCommands: [COMMAND] };
  return text;
}
