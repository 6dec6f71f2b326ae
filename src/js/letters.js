// Reads the module from the string in which it travels; `tools/letters.mjs` writes that, and says how.

// `order`: the bytes that are one letter each, in the order of the letters, in hex; the others follow in their own order.
export function toBytes({ letters, order, size }) {
  const known = order.match(/../g).map((digits) => parseInt(digits, 16));
  const inOrder = [...new Set([...known, ...Array(256).keys()])];
  const byteOf = [];
  for (let tildes = 0; tildes < 3; tildes++) {
    for (let code = 32; code < 126; code++) {
      if (code !== 34 && code !== 92) byteOf[128 * tildes + code] = inOrder.shift();
    }
  }
  const bytes = new Uint8Array(size);
  let shift = 0;
  let end = 0;
  for (let place = 0; place < letters.length; place++) {
    const code = letters.charCodeAt(place);
    if (code === 126) shift += 128;
    else {
      bytes[end++] = byteOf[shift + code];
      shift = 0;
    }
  }
  return bytes;
}
