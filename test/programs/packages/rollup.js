// Two chunks are made small in two threads, which are terminated as soon as the last is done.
const { rollup } = require('rollup');
const terser = require('@rollup/plugin-terser');
const { join } = require('node:path');

async function main() {
  const input = ['entry.js', 'second.js'].map((file) => join(__dirname, 'sources', file));
  const bundle = await rollup({ input });
  const { output } = await bundle.generate({ format: 'es', plugins: [terser({ maxWorkers: 2 })] });
  for (const { fileName, code } of output) console.log(fileName, code);
  await bundle.close();
}
main();
