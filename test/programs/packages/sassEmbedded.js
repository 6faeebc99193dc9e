// The synchronous API waits for a thread that talks to a child process. When that is over the thread ends by itself, and
// is terminated: whichever comes first.
const { compileString } = require('sass-embedded');

console.log(compileString('a { b { color: red } }').css);
