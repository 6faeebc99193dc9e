import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { transformSync } from 'esbuild';
import { SiteMapper } from '../../../src/collector/siteMapper';
import type { LifecycleEvent, Site } from '../../../src/protocol/probeEvents';
import { isFileHere, isOnNetwork, openRegular, UnfitFile } from '../../../src/transport/regularFile';
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

  /** Changes the map beside the code. */
  function edited({ file }: Site, edit: (map: Record<string, unknown>) => unknown): string {
    const map = JSON.parse(fs.readFileSync(`${file}.map`, 'utf8')) as Record<string, unknown>;
    edit(map);
    fs.writeFileSync(`${file}.map`, JSON.stringify(map));
    return JSON.stringify(map);
  }

  const place = ({ file, line }: Site): string => `${file}:${line}`;

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

  it('are told so in stacks, and of all things that keep a loop turning', () => {
    const at = compile('inline');
    const things = [{ name: 'Timeout', at }, { name: 'TCPServerWrap' }];
    const story = new Story()
      .tell(0, 1, 'stack', { id: 1, frames: [at, at], when: 'exit' })
      .tell(0, 2, 'children-left', { children: things });
    story.events.push({ k: 'resources', p: story.p, tid: 0, t: 3, counts: {}, things });
    const told = JSON.stringify(story.events.map((event) => new SiteMapper().map(event)));
    assert.equal(told.split('program.ts').length - 1, 4);
    assert.doesNotMatch(told, /program\.js/);
  });

  it('stay as they are where the source was not published', () => {
    const at = compile('external');
    fs.rmSync(path.join(folder, 'src'), { recursive: true });
    assert.deepEqual(mapped(at), at);
  });

  it('are told in sources whose names no URL could have, as compilers write them', () => {
    for (const name of ['100%.ts', 'a%20b.ts', 'a b.ts', 'ä?#.ts']) {
      const at = compile('external');
      const map = edited(at, (map) => (map['sources'] = [`../src/${name}`]));
      fs.renameSync(path.join(folder, 'src', 'program.ts'), path.join(folder, 'src', name));
      assert.deepEqual(place(mapped(at)), `${path.join(folder, 'src', name)}:5`, map);
    }
  });

  it('are told by maps whose names no URL could have', () => {
    const at = compile('external');
    const [map, odd] = [`${at.file}.map`, path.join(folder, 'out', '100%.js.map')];
    fs.renameSync(map, odd);
    fs.writeFileSync(at.file, fs.readFileSync(at.file, 'utf8').replace('program.js.map', '100%.js.map'));
    assert.equal(mapped(at).line, 5);
  });

  const odd: Record<string, (map: Record<string, unknown>) => unknown> = {
    'a source on another computer': (map) => (map['sources'] = ['file://server/share/program.ts']),
    'a source on another computer, without a scheme': (map) => (map['sources'] = ['//server/share/program.ts']),
    'a slash that is none': (map) => (map['sources'] = ['..%2Fsrc%2Fprogram.ts']),
    'a source that is none': (map) => (map['sources'] = [null]),
    'fewer sources than it speaks of': (map) => (map['sources'] = []),
    'no list of sources': (map) => (map['sources'] = 7),
    'no mappings': (map) => delete map['mappings'],
    'mappings that are none': (map) => (map['mappings'] = '!!!!'),
    'mappings of another kind': (map) => (map['mappings'] = 7),
    'more mappings than the code has letters': (map) => (map['mappings'] = ';'.repeat(1e6)),
    'a source that is a folder': (map) => (map['sources'] = ['../src']),
    'what the reader calls its own': (map) => (map['_decodedMemo'] = {}),
  };
  for (const [what, edit] of Object.entries(odd)) {
    it(`stay as they are where their map has ${what}`, () => {
      const at = compile('external');
      edited(at, edit);
      assert.deepEqual(mapped(at), at);
    });
  }

  it('stay as they are where they are no places', () => {
    const at = compile('external');
    for (const wrong of [{ line: 0 }, { line: -1 }, { column: 0 }, { column: -5 }, { line: 1.5 }, { line: 1e9 }])
      assert.deepEqual(mapped({ ...at, ...wrong }), { ...at, ...wrong });
  });

  it('stay as they are where the map is a pipe, a device or a folder, which is not waited for', function () {
    if (process.platform === 'win32') this.skip();
    const at = compile('external');
    const map = `${at.file}.map`;
    for (const make of [
      () => execFileSync('mkfifo', [map]),
      () => fs.symlinkSync('/dev/zero', map),
      () => fs.mkdirSync(map),
    ]) {
      fs.rmSync(map, { recursive: true });
      make();
      assert.deepEqual(mapped(at), at);
    }
  });

  it('are looked for on no other computer', () => {
    for (const file of ['\\\\server\\share\\program.js', '//server/share/program.js', '\\\\.\\pipe\\program.js']) {
      assert.equal(isOnNetwork(file), true);
      assert.throws(() => openRegular(file), UnfitFile);
      assert.equal(isFileHere(file), false);
    }
    for (const file of ['C:\\app\\main.js', '/srv/app/main.js', 'main.js']) assert.equal(isOnNetwork(file), false);
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
