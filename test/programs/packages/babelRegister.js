// Modules are compiled as they are loaded, in main itself.
require('@babel/register')({ cache: false, babelrc: false, plugins: ['@babel/plugin-transform-modules-commonjs'] });

console.log(require('./sources/second.js').second(1));
