// What the first file gives to the other parts, which stand in a function that has it as a parameter.
import type { Given } from '../given';

declare const given: Given;

export const { builtin, ending, files, hearLookups, now, part, raw, stack, textOf, threads, waiting, whenLoaded } =
  given;
