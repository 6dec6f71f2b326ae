// Writes the module as a string that any tool may print and any character set carries: printable ASCII without quotes
// and backslashes, so that nothing has to be escaped. `src/js/letters.js` reads it.
//
// The commonest bytes are one letter each; the others have one or two tildes before theirs. What compresses the file on its
// way finds the module's own repetitions in it.

const LETTERS = Array.from({ length: 94 }, (_, place) => place + 32).filter((code) => code !== 34 && code !== 92);

export function toLetters(bytes) {
  const count = Array(256).fill(0);
  for (const byte of bytes) count[byte]++;
  const byFrequency = Array.from(count.keys()).sort((a, b) => count[b] - count[a]);
  const letterOf = new Map(LETTERS.map((code, place) => [byFrequency[place], code]));
  const order = [...letterOf.keys()];
  const written = [...letterOf].reduce((all, [byte, code]) => all.with(byte, String.fromCharCode(code)), Array(256));
  let place = 0;
  for (let byte = 0; byte < 256; byte++) {
    if (letterOf.has(byte)) continue;
    const tildes = place < LETTERS.length ? "~" : "~~";
    written[byte] = tildes + String.fromCharCode(LETTERS[place++ % LETTERS.length]);
  }
  return { letters: Array.from(bytes, (byte) => written[byte]).join(""), order: Buffer.from(order).toString("hex"), size: bytes.length };
}
