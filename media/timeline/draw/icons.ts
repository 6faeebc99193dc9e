// The few icons of the header, 16 × 16, drawn with strokes in the text's colour: no icon font is loaded.
import { select } from 'd3-selection';

export const ICONS = {
  follow: 'M2.5 3.5 L8.5 8 L2.5 12.5 Z M12.5 3 V13',
  fit: 'M1.5 3 V13 M14.5 3 V13 M4 8 H12 M6 5.5 L3.5 8 L6 10.5 M10 5.5 L12.5 8 L10 10.5',
  zoomIn: 'M11 6.8 A4.2 4.2 0 1 1 2.6 6.8 A4.2 4.2 0 1 1 11 6.8 M10 10 L14 14 M6.8 4.8 V8.8 M4.8 6.8 H8.8',
  zoomOut: 'M11 6.8 A4.2 4.2 0 1 1 2.6 6.8 A4.2 4.2 0 1 1 11 6.8 M10 10 L14 14 M4.8 6.8 H8.8',
  open: 'M6.5 3.5 H2.5 V13.5 H12.5 V9.5 M9 2.5 H13.5 V7 M13.5 2.5 L7.5 8.5',
  report: 'M3.5 1.5 H10 L13 4.5 V14.5 H3.5 Z M5.5 6.5 H11 M5.5 9 H11 M5.5 11.5 H9',
  info: 'M8 1.8 A6.2 6.2 0 1 1 8 14.2 A6.2 6.2 0 1 1 8 1.8 M8 7.2 V11.4 M8 4.6 V5.6',
  warning: 'M8 2 L14.5 13.5 H1.5 Z M8 6.4 V9.8 M8 11 V12',
  undo: 'M6 3 L3 6 L6 9 M3 6 H9.5 A3.5 3.5 0 0 1 9.5 13 H6',
  redo: 'M10 3 L13 6 L10 9 M13 6 H6.5 A3.5 3.5 0 0 0 6.5 13 H10',
  find: 'M2 3.5 H14 L9.5 8.5 V13 L6.5 14 V8.5 Z',
  keys: 'M5.6 6 A2.4 2.4 0 1 1 8 8.6 V10 M8 12 V13',
  chevron: 'M4 6 L8 10 L12 6',
  close: 'M4 4 L12 12 M12 4 L4 12',
  table: 'M2 3 H14 V13 H2 Z M2 6.3 H14 M2 9.6 H14 M6 3 V13',
  error: 'M8 1.8 A6.2 6.2 0 1 1 8 14.2 A6.2 6.2 0 1 1 8 1.8 M5.6 5.6 L10.4 10.4 M10.4 5.6 L5.6 10.4',
} as const;
export type Icon = keyof typeof ICONS;

export function addIcon(parent: HTMLElement, icon: Icon): void {
  select(parent)
    .append('svg')
    .attr('class', 'icon')
    .attr('viewBox', '0 0 16 16')
    .attr('aria-hidden', 'true')
    .append('path')
    .attr('d', ICONS[icon]);
}
