// The README as the page of the extension shows it: that page has no folder beside it, and takes pictures from the web or
// from its own text alone. Pure.

/** `<picture>` with a source for light themes, and an image for all others. */
const PICTURES = /<picture>[\s\S]*?<img\s+alt="([^"]*)"\s+src="([^"]+)"[^>]*>[\s\S]*?<\/picture>/g;
/** Also with a picture as its text. */
const RELATIVE_LINKS = /(?<!!)\[((?:[^[\]]|\[[^[\]]*\])*)\]\((?!https?:|#|mailto:)[^)]+\)/g;
/** What only those need who have the sources. */
const FOR_CONTRIBUTORS = /<!-- sources -->[\s\S]*?<!-- \/sources -->\n*/g;

/**
 * @param {string} readme
 * @param {(file: string) => string} base64Of a picture of the project
 */
export const extensionPage = (readme, base64Of) =>
  readme
    .replace(FOR_CONTRIBUTORS, '')
    .replace(PICTURES, (_, alt, src) => `![${alt}](data:image/png;base64,${base64Of(src)})`)
    .replace(RELATIVE_LINKS, '$1');
