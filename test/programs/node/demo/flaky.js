// Throws an error that its owner listens for.
'use strict';

setTimeout(() => {
  const pages = undefined;
  for (const page of pages) console.log(page);
}, 700);
