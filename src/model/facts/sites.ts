// Short names for places. They hold text of the program's own: hostile until escaped by who shows it. Pure.
import type { Site } from '../../protocol/probeEvents';

/** `main.js:12`, for sentences; the whole path goes with the site itself. */
export const siteText = (site: Site): string => `${fileLabel(site.file)}:${site.line}`;

export function fileLabel(file: string): string {
  if (/^(data|blob):/.test(file)) return `${file.slice(0, file.indexOf(':'))}: URL`;
  const withoutQuery = /^[a-z]+:\/\//.test(file) ? file.replace(/[?#].*$/, '') : file;
  return withoutQuery.split(/[\\/]/).pop() || file;
}
