// All keys of the timeline, for the sheet that `?` opens; gestures.ts acts on them.

export interface Key {
  /** Each a way to say it, as it stands on the keyboard. */
  keys: string[];
  what: string;
}

export const KEYS: { group: string; keys: Key[] }[] = [
  {
    group: 'Time',
    keys: [
      { keys: ['←', '→'], what: 'Move along' },
      { keys: ['+', '−'], what: 'Zoom in and out' },
      { keys: ['Home'], what: 'Show the whole run' },
      { keys: ['L', 'End'], what: 'Follow what happens now, or let go' },
      { keys: ['N', '.'], what: 'Next event of the focused thread, or of all' },
      { keys: ['P', ','], what: 'Previous event' },
      { keys: ['U', 'Ctrl+Z'], what: 'Undo a move' },
      { keys: ['Ctrl+Y', 'Ctrl+Shift+Z'], what: 'Redo it' },
      { keys: ['R'], what: 'Measure what is in view, or give the range up' },
      { keys: ['F'], what: 'Zoom to the range, or to the focused thread' },
    ],
  },
  {
    group: 'Threads',
    keys: [
      { keys: ['↑', '↓', 'Page Up', 'Page Down'], what: 'Go through the threads' },
      { keys: ['Enter'], what: 'Show its details' },
      { keys: ['O', 'Ctrl+Enter'], what: 'Open the line that started it' },
      { keys: ['C'], what: 'Compare it with the chosen one' },
      { keys: ['Space'], what: 'Fold or unfold what is below it' },
      { keys: ['[', ']'], what: 'Fold or unfold all' },
      { keys: ['I'], what: 'Pin it to the top, or unpin it' },
      { keys: ['H', 'Shift+H'], what: 'Hide it; show all again' },
      { keys: ['/'], what: 'Find threads' },
      { keys: ['Shift+F10', 'Menu'], what: 'All that can be done with it' },
    ],
  },
  {
    group: 'View',
    keys: [
      { keys: ['T'], what: 'Table instead of lanes, and back' },
      { keys: ['Escape'], what: 'Close what is open' },
      { keys: ['?'], what: 'These keys' },
    ],
  },
  {
    group: 'Pointer',
    keys: [
      { keys: ['Wheel'], what: 'Zoom at the pointer; with Shift along' },
      { keys: ['Drag'], what: 'Move along; with Shift draw a box to zoom into' },
      { keys: ['Drag along the axis'], what: 'Measure a range' },
      { keys: ['Click'], what: 'Details' },
      { keys: ['Double click'], what: 'The line in the source; beside the bars: the whole run' },
    ],
  },
];
