// Turns places in generated JavaScript into places in its sources, by the source maps that lie beside it.
import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { TraceMap, originalPositionFor, type EncodedSourceMap } from '@jridgewell/trace-mapping';
import { placesOf, type LifecycleEvent, type Site, type Thing } from '../protocol/probeEvents';
import { isFileHere, readRegular } from '../transport/regularFile';

const COMMENT = /\/\/[#@] ?sourceMappingURL=(\S+)\s*$/gm;
const DATA_URL = /^data:[^,]*;base64,/;
/** In bytes; the largest bundles have half of it. */
const MOST_CODE = 64 * 1024 * 1024;
const MOST_MAP = 128 * 1024 * 1024;

export class SiteMapper {
  /** Generated file → its map, or null when it has none that can be read. */
  private readonly maps = new Map<string, ReadMap | null>();

  private readonly places = new Map<LifecycleEvent['k'], ReturnType<typeof placesOf>>();

  /** The event with all places that it tells in the sources. */
  map(event: LifecycleEvent): LifecycleEvent {
    let places = this.places.get(event.k);
    if (!places) this.places.set(event.k, (places = placesOf(event.k)));
    if (places.one.length + places.many.length + places.within.length === 0) return event;
    const told = event as unknown as Record<string, unknown>;
    const mapped: Record<string, Site | Site[] | Thing[]> = {};
    for (const field of places.one) if (told[field]) mapped[field] = this.source(told[field] as Site);
    for (const field of places.many)
      if (told[field]) mapped[field] = (told[field] as Site[]).map((site) => this.source(site));
    for (const field of places.within)
      if (told[field]) mapped[field] = (told[field] as Thing[]).map((thing) => this.sourceWithin(thing));
    return { ...event, ...mapped };
  }

  private sourceWithin(thing: Thing): Thing {
    return thing.at ? { ...thing, at: this.source(thing.at) } : thing;
  }

  /** A place that its map cannot tell, or of whose source nothing is here, stays as it is. */
  private source(site: Site): Site {
    const map = this.mapOf(site.file);
    if (!map) return site;
    try {
      const { source, line, column } = originalPositionFor(map.trace, { line: site.line, column: site.column - 1 });
      const file = typeof source === 'string' ? this.fileOf(source, map) : undefined;
      return file === undefined ? site : { ...site, file, line: line!, column: column! + 1 };
    } catch {
      return site; // whatever wrote the map, or the place, it costs this place alone
    }
  }

  /** Packages are often published with maps but without the sources: a place that nobody can open is of no use. */
  private fileOf(source: string, map: ReadMap): string | undefined {
    return candidates(source, map).find((file) => this.isHere(file));
  }

  private isHere(file: string): boolean {
    let isHere = this.here.get(file);
    if (isHere === undefined) this.here.set(file, (isHere = isFileHere(file)));
    return isHere;
  }
  private readonly here = new Map<string, boolean>();

  private mapOf(file: string): ReadMap | null {
    let map = this.maps.get(file);
    if (map === undefined) this.maps.set(file, (map = readMap(file)));
    return map;
  }
}

interface ReadMap {
  trace: TraceMap;
  /** Sources are relative to its folder. */
  folder: string;
}

/** By the URL that the map makes of it and, as not every compiler writes URLs, by the letters that stand in the map. */
function candidates(source: string, { trace, folder }: ReadMap): string[] {
  const written = trace.sources[trace.resolvedSources.indexOf(source)];
  const byLetters =
    written && !/^[a-z][a-z+.-]+:/i.test(written) && path.resolve(folder, trace.sourceRoot ?? '', written);
  return [pathOf(source), byLetters || undefined].filter((file) => file !== undefined);
}

/** Undefined for a URL that is no file of this computer. */
function pathOf(url: string): string | undefined {
  try {
    const { protocol, host } = new URL(url);
    return protocol === 'file:' && host === '' ? fileURLToPath(url) : undefined;
  } catch {
    return undefined;
  }
}

/** A file without a map, or with one that cannot be read, keeps its own places. */
function readMap(file: string): ReadMap | null {
  if (!path.isAbsolute(file) || !/\.[cm]?js$/.test(file)) return null;
  try {
    const code = readRegular(file, MOST_CODE);
    const url = [...code.matchAll(COMMENT)].at(-1)?.[1];
    if (!url) return null;
    if (DATA_URL.test(url)) return mapFrom(Buffer.from(url.replace(DATA_URL, ''), 'base64').toString(), file, code);
    if (/^[a-z]+:/i.test(url)) return null;
    const mapFile = path.resolve(path.dirname(file), decoded(url));
    return mapFrom(readRegular(mapFile, MOST_MAP), mapFile, code);
  } catch {
    return null;
  }
}

/** Not every compiler writes a URL. */
function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** Of a place in the code a map says a few letters. One that says very much more would fill our memory. */
const MOST_PER_LETTER = 10;

function mapFrom(json: string, mapFile: string, code: string): ReadMap | null {
  const map = JSON.parse(json) as EncodedSourceMap;
  if (map.mappings.length > code.length * MOST_PER_LETTER + 1000) return null;
  return { trace: new TraceMap(map, pathToFileURL(mapFile).href), folder: path.dirname(mapFile) };
}
