// Touches one part of Node first, named by how and by what. Then it tells what Node has loaded by that, all that can be
// seen of worker_threads, and what a worker answers if the touch has loaded Node's part for them. With `list` it tells what there is to be touched.
'use strict';
const [, , how, name, worker] = process.argv;

/** Ways by which a program comes to a part of Node. */
const touches = {
  require: (id) => require(id),
  getBuiltinModule: (id) => process.getBuiltinModule(id),
  createRequire: (id) => require('node:module').createRequire(__filename)(id),
  import: (id) => import(id),
  importInModule: (id) => import(`data:text/javascript,import ${JSON.stringify(id)}; import 'node:worker_threads';`),
  syncExports: (id) => {
    require(id);
    require('node:module').syncBuiltinESMExports();
  },
  global: (path) => path.split('.').reduce((object, key) => object[key], globalThis),
};

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Down to the methods of classes. */
function shapeOf(object, depth) {
  return Reflect.ownKeys(object).map((key) => {
    const { value, get, set, ...flags } = Object.getOwnPropertyDescriptor(object, key);
    const kind = get || set ? `accessor ${!!get} ${!!set}` : isObject(value) ? typeof value : String(value);
    const chain = [];
    for (let o = value; isObject(o); o = Object.getPrototypeOf(o)) chain.push(o.constructor?.name);
    return [String(key), kind, flags, chain, isObject(value) && depth > 0 ? shapeOf(value, depth - 1) : []];
  });
}

async function main() {
  const seen = {};
  try {
    await touches[how](name);
  } catch (error) {
    seen.error = `${error.name}: ${error.message}`;
  }
  seen.modules = [...process.moduleLoadList];
  const wt = require('node:worker_threads');
  seen.workerThreads = shapeOf(wt, 2);
  seen.imported = shapeOf(await import('node:worker_threads'), 0);
  if (!seen.modules.includes('NativeModule internal/worker')) {
    // Not loaded half either: a worker would only take time.
  } else if (worker === 'globalThis.Worker') {
    const made = new globalThis.Worker('data:text/javascript,postMessage("runs");close();');
    made.onmessage = ({ data }) => (seen.answer = data);
  } else {
    const made = new wt.Worker('require("node:worker_threads").parentPort.postMessage("runs")', {
      eval: true,
      execArgv: [], // what was loaded first here need not be for workers
    });
    made.on('message', (answer) => (seen.answer = answer));
  }
  process.on('exit', () => console.log(JSON.stringify(seen)));
}

if (how === 'list') {
  const navigator = globalThis.navigator ? Object.keys(Object.getPrototypeOf(globalThis.navigator)) : [];
  const ofLanguage = require('node:vm').runInNewContext('Object.getOwnPropertyNames(globalThis)'); // Node has no part in these
  const globals = [
    ...Object.getOwnPropertyNames(globalThis).filter((key) => !ofLanguage.includes(key)),
    ...navigator.map((key) => `navigator.${key}`),
  ];
  console.log(JSON.stringify({ modules: require('node:module').builtinModules, globals }));
} else main();
