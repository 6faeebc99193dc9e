import { LOG } from './deep/more.mjs';
export const WRITER = LOG;
export let others = { QUIET: './writer.js' };
