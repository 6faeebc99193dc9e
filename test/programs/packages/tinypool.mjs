// A pool imported as an ES module and never destroyed: as piscina.js.
import Tinypool from 'tinypool';

const pool = new Tinypool({ filename: new URL('workers/double.mjs', import.meta.url).href, minThreads: 2, maxThreads: 2 });
console.log((await Promise.all([1, 2, 3, 4].map((n) => pool.run(n)))).join());
