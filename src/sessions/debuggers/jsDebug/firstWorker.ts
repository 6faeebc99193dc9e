// The condition of a breakpoint that holds one worker of all that come to it. Pure.

/** Main may run the same script. Node marks what a worker may not do; the word is there in modules of both kinds. */
const IN_WORKER = 'process.abort.disabled === true';

/**
 * Of workers that come at once, the first to make the folder is held. Where none can be made (Node before 20.16,
 * permissions) all are.
 * @param folder a path at which nothing is
 */
export const firstWorker = (folder: string): string =>
  `${IN_WORKER} && (() => { try { process.getBuiltinModule('fs').mkdirSync(${JSON.stringify(folder)}); } catch (error) { return error.code !== 'EEXIST'; } return true; })()`;
