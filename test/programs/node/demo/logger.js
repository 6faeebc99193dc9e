// Writes a log in many small steps. What is not written when main exits is never written.
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const file = fs.createWriteStream(path.join(os.tmpdir(), 'thread-lifelines-demo.log'));
let entry = 0;
setInterval(() => file.write(`entry ${++entry} of many\n`), 5);
