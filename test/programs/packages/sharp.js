// Threads of native code are none of Node's: main is alone.
const sharp = require('sharp');

const image = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });
image.resize(4).png().toBuffer({ resolveWithObject: true }).then(({ info }) => console.log(info.format, info.width));
