// The synchronous API waits for a thread that talks to a child process. The thread is a daemon, and goes with main.
const { transformSync } = require('esbuild');

console.log(transformSync('let x: number = 1; console.log(x)', { loader: 'ts' }).code);
