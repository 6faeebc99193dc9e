// Turns places in generated JavaScript into places in its sources, by the source maps that lie beside it.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { TraceMap, originalPositionFor } from '@jridgewell/trace-mapping';
import { placesOf, type LifecycleEvent, type Site } from '../protocol/probeEvents';

const COMMENT = /\/\/[#@] ?sourceMappingURL=(\S+)\s*$/gm;
const DATA_URL = /^data:[^,]*;base64,/;

export class SiteMapper {
  /** Generated file → its map, or null when it has none that can be read. */
  private readonly maps = new Map<string, TraceMap | null>();

  private readonly places = new Map<LifecycleEvent['k'], ReturnType<typeof placesOf>>();

  /** The event with all places that it tells in the sources. */
  map(event: LifecycleEvent): LifecycleEvent {
    let places = this.places.get(event.k);
    if (!places) this.places.set(event.k, (places = placesOf(event.k)));
    if (places.one.length + places.many.length === 0) return event;
    const told = event as unknown as Record<string, unknown>;
    const mapped: Record<string, Site | Site[]> = {};
    for (const field of places.one) if (told[field]) mapped[field] = this.source(told[field] as Site);
    for (const field of places.many)
      if (told[field]) mapped[field] = (told[field] as Site[]).map((site) => this.source(site));
    return { ...event, ...mapped };
  }

  private source(site: Site): Site {
    const map = this.mapOf(site.file);
    if (!map) return site;
    const original = originalPositionFor(map, { line: site.line, column: site.column - 1 });
    if (original.source === null) return site;
    const file = original.source.startsWith('file:') ? fileURLToPath(original.source) : original.source;
    if (!this.exists(file)) return site;
    return {
      ...site,
      file,
      line: original.line,
      column: original.column + 1,
    };
  }

  /** Packages are often published with maps but without the sources: a place that nobody can open is of no use. */
  private exists(file: string): boolean {
    let exists = this.onDisk.get(file);
    if (exists === undefined) this.onDisk.set(file, (exists = fs.existsSync(file)));
    return exists;
  }
  private readonly onDisk = new Map<string, boolean>();

  private mapOf(file: string): TraceMap | null {
    let map = this.maps.get(file);
    if (map === undefined) this.maps.set(file, (map = readMap(file)));
    return map;
  }
}

/** A file without a map, or with one that cannot be read, keeps its own places. */
function readMap(file: string): TraceMap | null {
  if (!path.isAbsolute(file) || !/\.[cm]?js$/.test(file)) return null;
  try {
    const url = [...fs.readFileSync(file, 'utf8').matchAll(COMMENT)].at(-1)?.[1];
    if (!url) return null;
    if (DATA_URL.test(url)) return mapFrom(Buffer.from(url.replace(DATA_URL, ''), 'base64').toString(), file);
    if (/^[a-z]+:/i.test(url)) return null;
    const mapFile = path.resolve(path.dirname(file), decodeURIComponent(url));
    return mapFrom(fs.readFileSync(mapFile, 'utf8'), mapFile);
  } catch {
    return null;
  }
}

/** Sources in a map are relative to the map. */
const mapFrom = (json: string, mapFile: string): TraceMap => new TraceMap(json, pathToFileURL(mapFile).href);
