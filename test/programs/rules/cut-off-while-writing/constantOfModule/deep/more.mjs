const LOG = new URL('../writer.js', import.meta.url);
export { LOG };
