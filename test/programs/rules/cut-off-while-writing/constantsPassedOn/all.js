export * from './none.js';
export { WRITER as LOG } from './paths.js';
export * from './paths.js';
