import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { transformSync } from 'esbuild';
import { SiteMapper } from '../../../src/collector/siteMapper';
import type { LifecycleEvent, Site } from '../../../src/protocol/probeEvents';
import { Story } from '../../support/events';

const SOURCE = `interface Unused { a: string }\n\nenum Level { Low }\n\nexport const call = () => start(Level.Low);\n`;

describe('places in generated JavaScript', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines maps '))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const mapped = (at: Site): Site => {
    const [event] = new Story().tell(0, 1, 'thread-start', { id: 1, at }).events;
    return (new SiteMapper().map(event!) as LifecycleEvent & { at: Site }).at;
  };

  /** Compiles the source, and gives the place of `start(` in what came out. */
  function compile(sourcemap: 'inline' | 'external'): Site {
    const source = path.join(folder, 'src', 'program.ts');
    const file = path.join(folder, 'out', 'program.js');
    for (const f of [source, file]) fs.mkdirSync(path.dirname(f), { recursive: true });
    fs.writeFileSync(source, SOURCE);
    const { code, map } = transformSync(SOURCE, { loader: 'ts', sourcemap, sourcefile: '../src/program.ts' });
    fs.writeFileSync(file, sourcemap === 'inline' ? code : `${code}//# sourceMappingURL=program.js.map\n`);
    if (sourcemap === 'external') fs.writeFileSync(`${file}.map`, map);
    const lines = code.split('\n');
    const line = lines.findIndex((text) => text.includes('start('));
    return { file, line: line + 1, column: lines[line]!.indexOf('start(') + 1 };
  }

  for (const kind of ['inline', 'external'] as const) {
    it(`are told as places in the source, by an ${kind} map`, () => {
      const { file, line } = mapped(compile(kind));
      assert.equal(file, path.join(folder, 'src', 'program.ts'));
      assert.equal(line, 5);
    });
  }

  it('are told so in every field that is a place, of every event', () => {
    const from = compile('inline');
    const at = { file: path.join(folder, 'plain.js'), line: 1, column: 1 };
    const events = new Story()
      .tell(0, 1, 'thread-start', { id: 1, at, from })
      .tell(0, 2, 'thread-unref', { id: 1, at: from })
      .tell(0, 3, 'terminate-call', { id: 1, at: from })
      .tell(0, 4, 'thread-error', { id: 1, name: 'E', message: '', at: from })
      .tell(0, 5, 'exiting', { cause: 'exit-call', code: 0, at: from })
      .tell(0, 6, 'port', { port: 1, at: from })
      .tell(0, 7, 'post-site', { port: 1, at: from })
      .tell(0, 8, 'wait-site', { site: 1, at: from }).events;
    const sites = new SiteMapper();
    const told = events.flatMap((event) => {
      const mapped = sites.map(event) as Partial<Record<'at' | 'from', Site>>;
      return [mapped.from, mapped.at].filter((site) => site !== undefined);
    });
    assert.deepEqual(
      told.map(({ file, line }) => `${path.basename(file)}:${line}`),
      ['program.ts:5', 'plain.js:1', ...Array<string>(7).fill('program.ts:5')],
    );
  });

  it('stay as they are where the source was not published', () => {
    const at = compile('external');
    fs.rmSync(path.join(folder, 'src'), { recursive: true });
    assert.deepEqual(mapped(at), at);
  });

  it('stay as they are without a map, with a broken one, and where there is no such file', () => {
    const file = path.join(folder, 'plain.js');
    fs.writeFileSync(file, 'start()\n//# sourceMappingURL=gone.js.map\n');
    const broken = path.join(folder, 'broken.js');
    fs.writeFileSync(broken, 'start()\n//# sourceMappingURL=data:application/json;base64,e30=\n');
    for (const f of [file, broken, path.join(folder, 'no.js'), '[eval]']) {
      const at = { file: f, line: 1, column: 1 };
      assert.deepEqual(mapped(at), at);
    }
  });
});
