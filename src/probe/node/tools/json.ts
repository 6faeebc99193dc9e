// Turns records into JSON. Not by JSON.stringify alone: that calls every `toJSON` that a program has put on a prototype.
import { ownKeys, stringify } from './builtins';

const { isArray } = Array;

export type Json =
  string | number | boolean | undefined | readonly string[] | readonly number[] | { [key: string]: Json };

/** Records hold text, numbers, `true`, lists of them, and objects of these; what is undefined is left out. */
export function json(value: Json): string {
  switch (typeof value) {
    case 'object':
      return isArray(value)
        ? listJson(value as readonly (string | number)[])
        : objectJson(value as Record<string, Json>);
    case 'number':
      return value === value && value - value === 0 ? `${value}` : 'null';
    default:
      return stringify(value);
  }
}

function objectJson(object: Record<string, Json>): string {
  const keys = ownKeys(object) as string[];
  let text = '';
  for (let i = 0; i < keys.length; i++) {
    const value = object[keys[i]!];
    if (value !== undefined) text += `${text ? ',' : ''}${stringify(keys[i])}:${json(value)}`;
  }
  return `{${text}}`;
}

function listJson(list: readonly (string | number)[]): string {
  let text = '';
  for (let i = 0; i < list.length; i++) text += `${text ? ',' : ''}${json(list[i])}`;
  return `[${text}]`;
}
