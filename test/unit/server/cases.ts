// The programs in test/programs/rules: folders by rule, in each a file or a folder a case; those that end in `.near` are
// healthy twins. The first comment of a case is a sentence about it and the rules that find something in it, and `//! rule`,
// in Python `#! rule`, stands at the end of each line in which they do.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { RuntimeId } from '../../../src/protocol/probeEvents';

/** Text by the names of files. */
export type Files = Record<string, string>;

export interface Case {
  rule: string;
  runtime: RuntimeId;
  /** Where it is in the folder of all. */
  name: string;
  /** What is special about it. */
  title: string;
  /** Rules that its first comment names. */
  findings: string[];
  files: Files;
}

const PROGRAMS = 'test/programs/rules';
const HEAD = /^(?:\/\/|#) (.+)\.\n(?:\/\/|#) Findings: (.+)\.\n/;
export const MARK = /(?:\/\/|#)! ([a-z-]+)/g;

export const CASES: Case[] = fs.readdirSync(PROGRAMS).flatMap(casesOf);

function casesOf(rule: string): Case[] {
  return fs.readdirSync(path.join(PROGRAMS, rule)).map((name) => {
    const texts = Object.entries(textsOf(path.join(PROGRAMS, rule, name)));
    const heads = texts.filter(([, text]) => HEAD.test(text));
    if (heads.length !== 1) throw new Error(`${rule}/${name} has ${heads.length} first comments`);
    const [main] = heads;
    const [, title, findings] = HEAD.exec(main![1])!;
    return {
      rule,
      runtime: name.endsWith('.py') ? 'python' : 'node',
      name: `${rule}/${name}`,
      title: name.includes('.near') ? `near: ${title}` : title!,
      findings: findings === 'none' ? [] : findings!.split(', '),
      files: Object.fromEntries([main!, ...texts.filter((one) => one !== main)]),
    };
  });
}

function textsOf(place: string): Files {
  if (fs.statSync(place).isFile()) return { [path.basename(place)]: fs.readFileSync(place, 'utf8') };
  const files = fs
    .readdirSync(place, { recursive: true })
    .map(String)
    .filter((file) => fs.statSync(path.join(place, file)).isFile());
  return Object.fromEntries(files.map((file) => [file, fs.readFileSync(path.join(place, file), 'utf8')]));
}
