// Takes up the language of the editor, before any other module makes its tables of words: imported first.
import { useLanguage, type Translation } from '../../../src/common/l10n';

const block = document.getElementById('translation')?.textContent;
useLanguage(document.documentElement.lang, block ? (JSON.parse(block) as Translation | null) : null);
