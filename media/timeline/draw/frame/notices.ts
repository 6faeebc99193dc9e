// Notices of the session, above the lanes.
import { t } from '../../../../src/common/l10n';
import { shown } from '../../../../src/common/untrusted';
import type { Notice } from '../../../../src/protocol/picture';
import { select } from 'd3-selection';
import { SEVERITIES } from '../../words/vocabulary';
import { addIcon } from '../icons';
import { writeText } from '../writeText';

const LONGEST_NOTICE = 400;

export function createNotices(parent: HTMLElement): (notices: Notice[]) => void {
  const box = select(parent)
    .append('div')
    .attr('class', 'notices')
    .attr('role', 'status')
    .attr('aria-label', t('Notices'))
    .attr('tabindex', 0);
  const list = box.append('ul');
  return (notices) => {
    box.attr('hidden', notices.length > 0 ? null : '');
    list
      .selectAll<HTMLLIElement, Notice>('li')
      .data(notices, ({ id, severity }) => `${severity} ${id}`)
      .join((enter) => enter.append('li').each(buildNotice))
      .each(function ({ text }) {
        writeText(this.querySelector('span')!, shown(text, LONGEST_NOTICE));
      });
  };
}

function buildNotice(this: HTMLLIElement, { severity }: Notice): void {
  const item = select(this).attr('class', severity);
  addIcon(this, severity);
  item.append('span').attr('aria-label', SEVERITIES[severity].label);
}
