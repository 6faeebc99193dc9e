// What tests must know of a runtime whose programs have threads. A second one is a file beside runtimes/node.ts.
export interface Runtime {
  /** As people call it. */
  name: string;
  /** Release lines that the probe supports, oldest first, each by the number that tells it from the others. */
  lines: number[];
  /** How people call a line; absent: by its number. */
  lineName?(line: number): string;
  /** The newest of a line, which is fetched when it is not there. Undefined when it cannot be had. */
  install(line: number): Promise<Installed | undefined>;
  /** Path of the probe's bundle. */
  probe: string;
  /** Folder of the programs that are run under the probe. */
  programs: string;
  /** Of a test's environment what a program gets without the probe. */
  bareEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
  /** Brings a preload, the probe or one in its place, into a program and whatever that starts. */
  preloading(preload: string, spool: string): NodeJS.ProcessEnv;
}

/** A runtime that can be started. */
export interface Installed {
  runtime: Runtime;
  /** Path of its executable. */
  path: string;
}

/** Declares the same tests once for each line of the runtime. `installed` gives it, inside a test. */
export function onEach(
  runtime: Runtime,
  what: string,
  tests: (installed: () => Installed, line: number) => void,
): void {
  for (const line of runtime.lines) {
    const name = `${runtime.name} ${runtime.lineName?.(line) ?? line}`;
    describe(`${what}, on ${name}`, () => {
      let found: Installed | undefined;
      before(async function () {
        this.timeout(300_000); // the first time it is fetched
        found = await runtime.install(line);
        if (!found) throw new Error(`there is no ${name}`);
      });
      tests(() => found!, line);
    });
  }
}
