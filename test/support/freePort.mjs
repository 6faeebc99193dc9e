// Runs anywhere: built-ins only.
import net from 'node:net';

/** @returns {Promise<number>} a port on loopback that nobody listened on a moment ago */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(/** @type {net.AddressInfo} */ (address).port));
    });
  });
}
