// What the other parts of the probe use of the first file, as it was when the probe was loaded. `esbuild.js` fills it in: it
// knows what they import, and gives each a number. A function, as most threads never need one of the parts.
export const shared = (): readonly unknown[] => {
  throw new Error('filled in by esbuild.js');
};
