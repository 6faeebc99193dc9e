import { nodeBinaries } from './nodes.mjs';

const MAJORS = ['20', '22', '24', '26'];

/** Declares the same tests once for each Node that the probe supports. `node` gives its path, inside a test. */
export function onEachNode(what: string, tests: (node: () => string, major: number) => void): void {
  for (const major of MAJORS) {
    describe(`${what}, on Node ${major}`, () => {
      let found: string | undefined;
      before(async function () {
        this.timeout(300_000); // the first time it is fetched
        found = (await nodeBinaries()).find(({ version }) => version.startsWith(`${major}.`))?.path;
        if (!found) throw new Error(`there is no Node ${major}`);
      });
      tests(() => found!, Number(major));
    });
  }
}
