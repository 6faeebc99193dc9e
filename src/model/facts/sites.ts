// Short names for places. They hold text of the program's own: hostile until escaped by who shows it. Pure.
import type { Site } from '../../protocol/probeEvents';

/** `main.js:12`, or `vite/node.js:12` in a package, for sentences; the whole path goes with the site itself. */
export function siteText({ file, line }: Site): string {
  const name = packageIn(file);
  return `${name === undefined ? '' : `${name}/`}${fileLabel(file)}:${line}`;
}

/** `layout (main.js:12)`; of what has its place in its name, such as `eval (main.js:12)`, that is said once. */
export function placed(what: string, at: Site | undefined): string {
  const place = at && `(${siteText(at)})`;
  return place === undefined || what.includes(place) ? what : `${what} ${place}`;
}

export function fileLabel(file: string): string {
  if (/^(data|blob):/.test(file)) return `${file.slice(0, file.indexOf(':'))}: URL`;
  const withoutQuery = /^[a-z]+:\/\//.test(file) ? file.replace(/[?#].*$/, '') : file;
  return withoutQuery.split(/[\\/]/).pop() || file;
}

/** In a package, or the runtime’s own. */
export const isInLibrary = ({ file }: Pick<Site, 'file'>): boolean => LIBRARY.test(file);
const LIBRARY = /[\\/](node_modules|site-packages|dist-packages|lib[\\/]python\d[\d.]*)[\\/]/i;

/** The package that a path lies in. */
export function packageIn(file: string | undefined): string | undefined {
  if (!file) return undefined;
  for (let at = file.lastIndexOf(PACKAGES); at >= 0; at = at === 0 ? -1 : file.lastIndexOf(PACKAGES, at - 1)) {
    IN_PACKAGES.lastIndex = at + PACKAGES.length;
    const name = IN_PACKAGES.exec(file)?.[1];
    if (name) return name.replace('\\', '/');
  }
  return undefined;
}
const PACKAGES = 'node_modules';
const IN_PACKAGES = /[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/y;

/** What people call the library that a path lies in: a package, or a module of Python’s own. */
export const libraryIn = (file: string): string | undefined =>
  packageIn(file) ?? PYTHON_PACKAGE.exec(file)?.[1] ?? PYTHON_MODULE.exec(file)?.[1]?.replace(/[\\/]/g, '.');
const PYTHON_PACKAGE = /[\\/](?:site|dist)-packages[\\/]([^\\/]+?)(?:\.py)?(?:[\\/]|$)/;
const PYTHON_MODULE = /[\\/]lib[\\/]python\d[\d.]*[\\/](.+?)(?:[\\/]__init__)?\.py$/i;
