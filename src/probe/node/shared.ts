// What the parts that stand on the base use of it and of the first file. `esbuild.js` fills it in: it knows what they import,
// and gives each a number. A function, as most threads need none of them.
export const shared = (): readonly unknown[] => {
  throw new Error('filled in by esbuild.js');
};
