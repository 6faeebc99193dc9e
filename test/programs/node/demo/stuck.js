// Never comes back by itself.
'use strict';

for (let i = 0; ; i++) Math.sqrt(i);
