// All keys of the timeline, for the sheet that `?` opens; gestures.ts acts on them.
import { t } from '../../../src/common/l10n';

export interface Key {
  /** Alternatives, each as written on the keyboard. */
  keys: string[];
  what: string;
}

export const KEYS: { group: string; keys: Key[] }[] = [
  {
    group: t('Time'),
    keys: [
      { keys: ['←', '→', 'A', 'D'], what: t('Move left or right') },
      { keys: ['+', '−', 'W', 'S'], what: t('Zoom in and out') },
      { keys: [t('Home')], what: t('Show the whole run') },
      { keys: ['L', t('End')], what: t('Follow live, or stop following') },
      { keys: ['N', '.'], what: t('Next event of the focused thread, or of all threads') },
      { keys: ['P', ','], what: t('Previous event') },
      { keys: ['U', t('Ctrl+Z')], what: t('Undo a move') },
      { keys: [t('Ctrl+Y'), t('Ctrl+Shift+Z')], what: t('Redo a move') },
      { keys: ['R'], what: t('Measure what is in view, or clear the range') },
      { keys: [t('Shift+←'), t('Shift+→')], what: t('Move the cursor: what each thread was at that moment') },
      { keys: ['E'], what: t('Play back from the cursor, or stop') },
      { keys: ['F'], what: t('Zoom to the range, or to the focused thread') },
    ],
  },
  {
    group: t('Threads'),
    keys: [
      { keys: ['↑', '↓', t('Page Up'), t('Page Down')], what: t('Move through the threads') },
      { keys: [t('Enter')], what: t('Show its details') },
      { keys: ['O', t('Ctrl+Enter')], what: t('Open the line that started it') },
      { keys: ['C'], what: t('Compare it with the selected one') },
      { keys: [t('Space')], what: t('Fold or unfold what is below it') },
      { keys: ['[', ']'], what: t('Fold or unfold all') },
      { keys: ['I'], what: t('Pin it to the top, or unpin it') },
      { keys: ['H', t('Shift+H')], what: t('Hide it; show all again') },
      { keys: ['/'], what: t('Find threads') },
      { keys: [t('Shift+F10'), t('Menu')], what: t('Show everything you can do with it') },
    ],
  },
  {
    group: t('View'),
    keys: [
      { keys: ['T'], what: t('Switch between lanes and table') },
      { keys: [t('Escape')], what: t('Close what is open') },
      { keys: ['?'], what: t('Show these shortcuts') },
    ],
  },
  {
    group: t('Pointer'),
    keys: [
      { keys: [t('Wheel')], what: t('Zoom at the pointer; with Shift, move left or right') },
      { keys: [t('Drag')], what: t('Move left or right; with Shift, draw a box to zoom into') },
      { keys: [t('Drag along the axis')], what: t('Measure a range') },
      { keys: [t('Click on the axis')], what: t('Put the cursor there; Escape takes it away') },
      { keys: [t('Click')], what: t('Details') },
      {
        keys: [t('Double click')],
        what: t('Open the line in the source; outside the bars, zoom out to the whole run'),
      },
    ],
  },
];
