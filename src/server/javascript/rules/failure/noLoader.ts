// Scripts in TypeScript for a Node that cannot run them.
import { t } from '../../../../common/l10n';
import { finding, type Check } from '../check';

/** Since these versions Node runs TypeScript by itself. */
const STRIPS_TYPES: [major: number, minor: number][] = [
  [22, 18],
  [23, 6],
];

export const noLoader: Check = function* (context) {
  for (const start of context.starts) {
    const { target, options } = start;
    if (target.kind !== 'file' || !/\.[cm]?ts$/.test(target.path) || !options || options.has('execArgv')) continue;
    const manifest = context.manifest();
    if (!manifest?.oldestNode || manifest.hasLoader || stripsTypes(manifest.oldestNode)) continue;
    const version = manifest.oldestNode.join('.');
    yield finding(
      'no-loader',
      (start.call ? undefined : start.node.arguments?.[0]) ?? start.node,
      t('Node {0}, which this package supports, cannot run TypeScript.', version),
    );
  }
};

const stripsTypes = ([major, minor]: [number, number]): boolean =>
  major > 23 || STRIPS_TYPES.some(([from, least]) => major === from && minor >= least);
