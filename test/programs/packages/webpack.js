// A build whose one bundle is made small in a thread, which ends with the build.
const webpack = require('webpack');
const Terser = require('terser-webpack-plugin');
const { join } = require('node:path');
const { tmpdir } = require('node:os');

const compiler = webpack({
  mode: 'production',
  entry: join(__dirname, 'sources', 'entry.js'),
  output: { path: tmpdir() },
  optimization: { minimizer: [new Terser({ parallel: 2 })] },
});
compiler.run((error, stats) => {
  console.log(error, stats.hasErrors(), Object.keys(stats.compilation.assets));
  compiler.close(() => console.log('closed'));
});
