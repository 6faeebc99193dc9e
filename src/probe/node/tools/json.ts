// Turns records into JSON. Not by JSON.stringify alone: that calls every `toJSON` that a program has put on a prototype.
import { isArray, ownKeys, stringify } from './builtins';

export type Json = string | number | boolean | undefined | readonly Json[] | { [key: string]: Json };

/** Records hold text, numbers, `true`, lists of them, and objects of these; what is undefined is left out. */
export function json(value: Json): string {
  if (typeof value === 'number') return value === value && value - value === 0 ? `${value}` : 'null';
  if (typeof value !== 'object') return stringify(value);
  if (!isArray(value)) return `{${members(value as Record<string, Json>)}}`;
  const list = value as readonly Json[];
  let text = '';
  for (let i = 0; i < list.length; i++) text += `${text ? ',' : ''}${json(list[i])}`;
  return `[${text}]`;
}

/** What stands between an object's braces. @param text what stands there before */
export function members(object: Record<string, Json>, text = ''): string {
  const keys = ownKeys(object) as string[];
  for (let i = 0; i < keys.length; i++) {
    const value = object[keys[i]!];
    if (value !== undefined) text += `${text ? ',' : ''}${stringify(keys[i])}:${json(value)}`;
  }
  return text;
}
