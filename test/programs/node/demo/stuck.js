// Never returns by itself.
'use strict';

for (let i = 0; ; i++) Math.sqrt(i);
