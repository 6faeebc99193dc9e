// The sheet of all keys.
import { t } from '../../../../src/common/l10n';
import { select } from 'd3-selection';
import { KEYS } from '../../words/keys';
import { addIcon } from '../icons';

/** Returns what opens it. */
export function createKeySheet(parent: HTMLElement): () => void {
  const sheet = select(parent).append('dialog').attr('class', 'key-sheet').attr('aria-labelledby', 'key-sheet-title');
  const head = sheet.append('div').attr('class', 'details-head');
  head.append('h2').attr('id', 'key-sheet-title').text(t('Timeline shortcuts'));
  const close = head.append('button').attr('type', 'button').attr('class', 'close').attr('title', t('Close (Escape)'));
  close.attr('aria-label', t('Close')).on('click', () => sheet.node()!.close());
  addIcon(close.node()!, 'close');
  const groups = sheet.append('div').attr('class', 'key-groups');
  for (const { group, keys } of KEYS) {
    const box = groups.append('section');
    box.append('h3').text(group);
    const list = box.append('dl');
    for (const { keys: ways, what } of keys) {
      const line = list.append('div');
      const term = line.append('dt');
      ways.forEach((way, i) => {
        if (i > 0) term.append('span').text(' ');
        term.append('kbd').text(way);
      });
      line.append('dd').text(what);
    }
  }
  // Keys of the timeline do nothing behind it.
  sheet.on('keydown', (event: KeyboardEvent) => event.stopPropagation());
  return () => sheet.node()!.showModal();
}
