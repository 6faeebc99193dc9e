// Its module loader hooks ask main where a module is. Since Node 24 main waits within Node until they know, and cannot answer.
import { spawn } from 'node:child_process';
import { register } from 'node:module';
import { MessageChannel } from 'node:worker_threads';

const hooks = `
  import { once } from 'node:events';
  let port;
  export const initialize = (given) => void (port = given);
  export const resolve = async (specifier, context, next) => {
    if (!specifier.startsWith('asked:')) return next(specifier, context);
    port.postMessage(specifier);
    const [url] = await once(port, 'message');
    return { url, shortCircuit: true };
  };`;
const { port1, port2 } = new MessageChannel();
port1.on('message', () => port1.postMessage('data:text/javascript,export const x = 1'));
port1.unref();
register(`data:text/javascript,${encodeURIComponent(hooks)}`, { data: port2, transferList: [port2] });
spawn('sh', ['-c', `sleep 7; kill -TERM ${process.pid} 2>/dev/null`], { detached: true, stdio: 'ignore' }).unref();
await import('asked:module'); // ask
console.log('imported');
