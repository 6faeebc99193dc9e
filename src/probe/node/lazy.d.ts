// A module that esbuild.js turns into a function, which runs it.
declare module 'lazy:*' {
  export function load(module: { exports: object }, require: NodeJS.Require): void;
}
