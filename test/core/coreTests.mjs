// `npm run core-tests -- [python | python-packages] …`: tests that know nothing of us, with and without the probe: of Node itself
// (nodeTests.mjs), of Python's standard library (python/libraryTests.mjs), of packages for Python (python/packages.mjs).
const PARTS = { python: './python/libraryTests.mjs', 'python-packages': './python/packages.mjs' };

const [, , part] = process.argv;
const file = Object.entries(PARTS).find(([name]) => name === part)?.[1];
if (file) process.argv.splice(2, 1);
await import(file ?? './nodeTests.mjs');
