// Notices of the session: the gravest in the header, where it has its room, and all of them in a list that a click opens.
import { decimal, t } from '../../../../src/common/l10n';
import { shown } from '../../../../src/common/untrusted';
import type { Notice } from '../../../../src/protocol/picture';
import type { Severity } from '../../../../src/protocol/rules';
import { select } from 'd3-selection';
import { SEVERITIES } from '../../words/vocabulary';
import { addIcon } from '../icons';
import { writeText } from '../writeText';

const LONGEST_NOTICE = 400;
const GRAVITY: readonly Severity[] = ['error', 'warning', 'info'];

/** @param counts of the header, beside which the notices stand */
export function createNotices(counts: HTMLElement): (notices: Notice[]) => void {
  const box = select(counts.parentElement!)
    .insert('details', () => counts.nextElementSibling)
    .attr('class', 'notices')
    .attr('hidden', '');
  const head = box.append('summary');
  const sign = head.append('span').attr('class', 'sign');
  const first = head.append('span').attr('class', 'first').attr('role', 'status').attr('aria-label', t('Notices'));
  const more = head.append('span').attr('class', 'more');
  const list = box.append('ul');
  box.on('keydown', (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !box.property('open')) return;
    box.property('open', false);
    event.stopPropagation();
  });
  return (notices) => {
    const [gravest] = GRAVITY.flatMap((severity) => notices.filter((notice) => notice.severity === severity));
    box.attr('hidden', gravest ? null : '');
    if (!gravest) return;
    const text = shown(gravest.text, LONGEST_NOTICE);
    if (sign.attr('data-kind') !== gravest.severity) {
      sign.attr('data-kind', gravest.severity).attr('class', `sign ${gravest.severity}`);
      sign.node()!.replaceChildren();
      addIcon(sign.node()!, gravest.severity);
    }
    head.attr('title', text);
    writeText(first.node()!, text);
    writeText(more.node()!, notices.length > 1 ? t('+{0}', decimal(notices.length - 1, 0)) : '');
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
