// SECURITY.md promises nothing that no test holds it to. Tests run from the project's root.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { importsOf, sources } from '../support/modules';

const TEST = /“([^”]+)”[^“`]*`(test\/[\w/.-]+\.test\.ts)`/g;

describe('SECURITY.md', () => {
  const page = fs.readFileSync('SECURITY.md', 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (what could hurt|-)/.test(line));

  it('names a test for each thing that could hurt', () => {
    assert.ok(rows.length > 10);
    for (const row of rows) assert.equal([...row.matchAll(TEST)].length, 1, row);
  });

  it('names tests that are there', () => {
    for (const [, name, file] of page.matchAll(TEST)) {
      const titles = fs.readFileSync(file!, 'utf8').match(/\bit\(\s*['`][^\n]*/g) ?? [];
      assert.ok(
        titles.some((title) => title.includes(name!)),
        `${file}: ${name}`,
      );
    }
  });

  it('says that nothing is sent anywhere, and the code opens no connection but the one to the debugger', () => {
    const opens = (file: string): boolean =>
      importsOf(file).some((name) => /^(node:)?(http2?|https|net|tls|dgram)$/.test(name)) ||
      /\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b\(/.test(fs.readFileSync(file, 'utf8'));
    assert.deepEqual([...sources('src'), ...sources('media')].filter(opens), [
      'src/sessions/debuggers/jsDebug/devTools.ts',
    ]);
  });
});
