// The row of tools under the header: what to look for, in which order, and what is out of sight. It is there on demand,
// and as long as something is filtered.
import { counted, t } from '../../../../src/common/l10n';
import { select } from 'd3-selection';
import { type Sort, SORTS } from '../../look/view';
import { writeText } from '../writeText';

export interface ToolsActions {
  search(query: string): void;
  sort(by: Sort): void;
  showAll(): void;
  /** Leaves the row for the lanes. */
  leave(): void;
}

export interface ToolsContent {
  query: string;
  sort: Sort;
  /** Undefined: nothing is looked for. */
  matches: number | undefined;
  hidden: number;
  filtered: number;
}

export interface Tools {
  draw(content: ToolsContent): void;
  /** Shows the row, with the focus on what to look for. */
  open(): void;
}

const SORT_WORDS: Record<Sort, string> = {
  tree: t('In start order'),
  start: t('By start'),
  lifetime: t('Longest life first'),
  end: t('By end'),
  name: t('By name'),
};

export function createTools(parent: HTMLElement, actions: ToolsActions): Tools {
  const box = select(parent).append('div').attr('class', 'tools').attr('role', 'search').attr('hidden', '');
  const input = box
    .append('input')
    .attr('type', 'search')
    .attr('class', 'find-input')
    .attr('placeholder', t('Find threads'))
    .attr('aria-label', t('Find threads'))
    .attr('title', t('Search names, files, states and findings; narrow with name: file: state: finding:'))
    .attr('spellcheck', 'false')
    .on('input', function () {
      actions.search(this.value);
    })
    .on('keydown', function (event: KeyboardEvent) {
      event.stopPropagation();
      if (event.key !== 'Escape' && event.key !== 'Enter') return;
      event.preventDefault();
      if (event.key === 'Escape') actions.search('');
      isOpen = event.key === 'Enter';
      actions.leave();
    });
  const matches = box.append('span').attr('class', 'matches').attr('role', 'status');
  const sort = box
    .append('select')
    .attr('class', 'picker sort')
    .attr('aria-label', t('Order'))
    .on('change', function () {
      actions.sort(this.value as Sort);
    });
  for (const by of SORTS.filter((one) => one !== 'start')) sort.append('option').attr('value', by).text(SORT_WORDS[by]);
  const all = box
    .append('button')
    .attr('type', 'button')
    .attr('class', 'link')
    .on('click', () => actions.showAll());
  let isOpen = false;
  return {
    draw({ query, sort: by, matches: found, hidden, filtered }) {
      const out = hidden + filtered;
      box.attr('hidden', isOpen || out > 0 || query !== '' || by !== 'tree' ? null : '');
      if (input.property('value') !== query) input.property('value', query);
      if (sort.property('value') !== by) sort.property('value', by);
      writeText(
        matches.node()!,
        found === undefined
          ? ''
          : found === 0
            ? t('none found')
            : counted(found, '{0} thread found', '{0} threads found'),
      );
      all.attr('hidden', out > 0 ? null : '');
      writeText(all.node()!, t('{0} hidden: show all', out));
    },
    open() {
      isOpen = true;
      box.attr('hidden', null);
      input.node()!.focus();
      input.node()!.select();
    },
  };
}
