// Single things that keep a loop of Node's turning, in words. Pure.
import { t, tally } from '../../../common/l10n';
import type { Thing } from '../../../protocol/probeEvents';
import { childPhrase } from '../childWords';
import { resourcePhrases } from './resourceWords';

/** A subject of a sentence. What has no word of its own is told by its kind. */
export function thingPhrase(thing: Thing): string {
  const { name, count = 1, what, port, path } = thing;
  if (what === 'timer') return tally(count, 'a timer', '{0} timers');
  if (what === 'stdin') return t('standard input being read');
  if (what === 'parent') return t('the channel to the process that started it');
  if (what === 'worker-stdio') return t('its standard input or output');
  if (what === 'worker-output')
    return tally(count, 'the output of a worker, which is read', 'the output of {0} workers, which is read');
  if (what === 'cluster-server') return t('the server of its cluster');
  if (what === 'accepted' && port !== undefined)
    return tally(
      count,
      'a connection that was accepted on port {1}',
      '{0} connections that were accepted on port {1}',
      String(port),
    );
  if (name === 'ProcessWrap') return childPhrase(thing);
  const server = what === undefined ? undefined : serverPhrase(what);
  if (server === undefined) return resourcePhrases({ [name]: count })[0] ?? name;
  if (port !== undefined) return t('{0} on port {1}', server, String(port));
  return path === undefined ? server : t('{0} at {1}', server, path);
}

function serverPhrase(what: string): string | undefined {
  switch (what) {
    case 'http-server':
      return t('an HTTP server');
    case 'https-server':
      return t('an HTTPS server');
    case 'http2-server':
      return t('an HTTP/2 server');
    case 'tls-server':
      return t('a TLS server');
    case 'server':
      return t('a server');
    default:
      return undefined;
  }
}
