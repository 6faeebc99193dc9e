// The language of the client: what the adapter says is read there.
import { useLanguage } from '../common/l10n';
import { readTranslation } from '../transport/translation';

/**
 * @param dist folder of the product's bundles
 * @param locale as DAP has it, `de` or `de-AT`; some clients tell what the system has, `de_AT.UTF-8`
 */
export function takeUpLanguage(dist: string, locale = 'en'): void {
  const [name] = locale.replace(/_/g, '-').split('.', 1) as [string];
  for (const language of [name, name.replace(/-.*/, '')]) {
    const translation = readTranslation(dist, language);
    if (translation) return useLanguage(language, translation);
  }
  useLanguage('en', undefined);
}
