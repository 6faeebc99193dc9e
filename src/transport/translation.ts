// Translations on disk, for processes that VS Code gives none to.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { useLanguage, type Translation } from '../common/l10n';

/** What can be a language; the name of a file is made of it. */
const NAME = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/;

/**
 * @param dist folder of the product's bundles, beside which the translations are
 * @param language a BCP 47 tag as VS Code tells it, for example `de` or `pt-br`
 * @returns undefined when there is none
 */
export function readTranslation(dist: string, language: string): Translation | undefined {
  if (!NAME.test(language)) return undefined;
  try {
    const file = path.join(dist, '..', 'media', 'l10n', `bundle.l10n.${language.toLowerCase()}.json`);
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Translation;
  } catch {
    return undefined;
  }
}

/**
 * From here on this process writes that language, where there is a translation; else English.
 * @param locale as clients tell it: `de`, `de-AT`, or as systems have it, `de_AT.UTF-8`
 */
export function takeUpLanguage(dist: string, locale = 'en'): void {
  const [name] = locale.replace(/_/g, '-').split('.', 1) as [string];
  for (const language of [name, name.replace(/-.*/, '')]) {
    const translation = readTranslation(dist, language);
    if (translation) return useLanguage(language, translation);
  }
  useLanguage('en', undefined);
}
