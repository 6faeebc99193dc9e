// Options by which Python keeps out what comes from outside, the probe too.
import { t } from '../../../common/l10n';
import type { Started } from '../probe';

const PYTHON = /^(python|pypy)(\d+(\.\d+)*t?)?(\.exe)?$/i;
/** Isolated; without variables of the environment; without `site`. Letters may stand together, as in `-IB`. */
const KEEPS_OUT = /^-[^-cmWX]*[IES]/;
/** What follows these is their argument; after `-c` and `-m` comes the program, as after a word that is no option. */
const WITH_ARGUMENT = /^-[^-cmWX]*[WX]$/;
const PROGRAM = /^-[^-cmWX]*[cm]/;

/** What to leave out to see the program's threads; undefined where nothing keeps the probe out. */
export function isolationText({ words }: Started): string | undefined {
  const option = optionsOf(words).find((word) => KEEPS_OUT.test(word));
  if (option === undefined) return undefined;
  return t(
    'Python is started with {0} and does not load what records threads. To see them, start it without the letters I, E and S in that option.',
    option,
  );
}

/** Options of the first Python in a command. */
function optionsOf(words: readonly string[]): string[] {
  const start = words.findIndex((word) =>
    PYTHON.test(word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1)),
  );
  const options: string[] = [];
  if (start < 0) return options;
  for (let i = start + 1; words[i]?.startsWith('-') && words[i] !== '-'; i++) {
    options.push(words[i]!);
    if (PROGRAM.test(words[i]!)) break;
    if (WITH_ARGUMENT.test(words[i]!)) i++;
  }
  return options;
}
