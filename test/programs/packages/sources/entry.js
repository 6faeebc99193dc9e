// Something to bundle.
export { second } from './second.js';
export const first = (longName) => longName + 1;
console.log(first(1));
