// What a page costs its main thread and its memory, as Chromium counts it: the same way for every chart. In processor time, so
// that what else the machine does is not counted.

/** @typedef {{ script: number, all: number }} Cost ms of script, and of everything that the main thread did */

/** @param {import('playwright-core').Page} page */
export async function watchCosts(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    return { script: of('ScriptDuration') * 1000, all: of('TaskDuration') * 1000 };
  };
  return {
    session,
    /** @param {() => Promise<unknown>} act @returns {Promise<Cost>} */
    async of(act) {
      const before = await read();
      await act();
      const after = await read();
      return { script: after.script - before.script, all: after.all - before.all };
    },
    /** MiB of the page's JavaScript that cannot be thrown away, and elements of the page. */
    async memory() {
      for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      const { nodes } = await session.send('Memory.getDOMCounters');
      return { heap: usedSize / 2 ** 20, nodes };
    },
  };
}
