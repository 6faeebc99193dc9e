// `npm run bench [-- WORD OPTIONS]`: each word measures something else; without one it is what the probe costs. The
// first comment of each module says what it measures and which options it takes.
const SUITES = {
  probe: './probeCosts.mjs',
  model: './model.mjs',
  tracks: './tracks.mjs',
  timeline: './timeline.mjs',
  server: './server.mjs',
  threads: './threads.mjs',
  python: './python.mjs',
};

const [, , word = ''] = process.argv;
const suite = Object.entries(SUITES).find(([name]) => name === word);
if (word !== '' && !word.startsWith('-') && !suite) {
  throw new Error(`there is nothing called ${word} to measure, only ${Object.keys(SUITES).join(', ')}`);
}
if (suite) process.argv.splice(2, 1);
await import(suite?.[1] ?? SUITES.probe);
