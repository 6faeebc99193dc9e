const { appendFile } = require('node:fs/promises');
(async () => {
  for (let line = 1; line <= 5; line++) await appendFile('out.log', `${line}\n`);
})();
