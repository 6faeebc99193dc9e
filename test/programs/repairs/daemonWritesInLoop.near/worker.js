const { appendFile } = require('node:fs/promises');
let goes = true;
(async () => {
  while (goes) await appendFile('out.log', 'x\n');
})();
