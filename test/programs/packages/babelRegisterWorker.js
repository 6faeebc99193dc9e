// Modules are compiled in a thread that main waits for; it is a daemon, and goes with main.
require('@babel/register/experimental-worker')({
  cache: false,
  babelrc: false,
  plugins: ['@babel/plugin-transform-modules-commonjs'],
});

console.log(require('./sources/second.js').second(1));
