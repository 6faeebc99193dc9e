import { MessageChannel } from 'node:worker_threads';
const channel = new MessageChannel();
channel.port2.onmessage = () => {}; //! held-by-port
channel.port1.postMessage(1);
