// Waiting for what is on the screen.

/** Resolves once the next frame has been made: its script has run, and styles, layout and paint are done. */
export function frameEnd(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => void rendered().then(resolve)));
}

/** Called inside of a frame: resolves behind its paint. */
export function rendered(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

/** Looks once a frame. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await frameEnd();
}
