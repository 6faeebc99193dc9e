// `npm run core-tests`: a runtime's own tests with and without the probe. Of Python where that is the first word, else of Node.
const isPython = process.argv[2] === 'python';
if (isPython) process.argv.splice(2, 1);
await import(isPython ? './pythonTests.mjs' : './coreTests.mjs');
