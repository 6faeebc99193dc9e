export const WRITER = new URL('./writer.js', import.meta.url);
export const PATHS = { log: WRITER };
