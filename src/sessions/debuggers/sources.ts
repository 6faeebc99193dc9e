// Where the source of a frame is, as a debug session of VS Code has it.

interface DapSource {
  name?: string;
  path?: string;
}

const REMOTE = /^vscode-remote:\/\/[^/]*/;

/** A path, or an address of the debugger's own; in a window that shows another machine VS Code makes paths addresses of that. */
export function placeOf(source: DapSource | undefined): string {
  const place = source?.path ?? source?.name ?? '';
  return REMOTE.test(place) ? decodeURIComponent(place.replace(REMOTE, '')) : place;
}
