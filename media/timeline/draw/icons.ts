// The icons, from the editor's own set. https://microsoft.github.io/vscode-codicons/dist/codicon.html
import { select } from 'd3-selection';

/** What it stands for → its name in the set. */
export const ICONS = {
  follow: 'pulse',
  fit: 'arrow-both',
  zoomIn: 'zoom-in',
  zoomOut: 'zoom-out',
  open: 'link-external',
  report: 'output',
  info: 'info',
  warning: 'warning',
  undo: 'discard',
  redo: 'redo',
  find: 'filter',
  keys: 'question',
  chevron: 'chevron-down',
  close: 'close',
  table: 'table',
  error: 'error',
} as const;
export type Icon = keyof typeof ICONS;

export function addIcon(parent: HTMLElement, icon: Icon): void {
  select(parent).append('i').attr('class', `icon codicon codicon-${ICONS[icon]}`).attr('aria-hidden', 'true');
}
