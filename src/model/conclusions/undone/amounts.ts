// Amounts of data, in words. Pure.
import { fixed, t } from '../../../common/l10n';

export function bytesText(bytes: number): string {
  if (bytes < 1000) return t('{0} B', bytes);
  return bytes < 1e6 ? t('{0} kB', fixed(bytes / 1e3, 1)) : t('{0} MB', fixed(bytes / 1e6, 1));
}
