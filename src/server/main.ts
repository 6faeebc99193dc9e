// Entry of the language server: a process of its own, which speaks LSP. Loaded as a module it only lends its rules to the
// command line.
export { lint } from './lint';
