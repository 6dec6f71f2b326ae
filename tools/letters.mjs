// Writes the module as a string that any tool may print and any character set carries: printable ASCII without quotes
// and backslashes, so that nothing has to be escaped. `src/js/letters.js` reads it.
//
// The commonest bytes are one letter each; a byte whose value is a usual letter of texts stays that letter. The others have
// one or two tildes before theirs. What compresses the file on its way finds the module's own repetitions in it.

const LETTERS = Array.from({ length: 94 }, (_, place) => place + 32).filter((code) => code !== 34 && code !== 92);

// A byte that occurs this often under a letter of its own keeps it.
const USUAL = 120;

export function toLetters(bytes) {
  const count = Array(256).fill(0);
  for (const byte of bytes) count[byte]++;
  const letterOf = new Map(LETTERS.filter((code) => count[code] > USUAL).map((code) => [code, code]));
  const free = LETTERS.filter((code) => !letterOf.has(code));
  const byFrequency = Array.from(count.keys()).sort((a, b) => count[b] - count[a]);
  for (const byte of byFrequency) if (free.length && !letterOf.has(byte)) letterOf.set(byte, free.shift());

  const byteOf = new Map([...letterOf].map(([byte, code]) => [code, byte]));
  const order = LETTERS.map((code) => byteOf.get(code));
  const written = [...letterOf].reduce((all, [byte, code]) => all.with(byte, String.fromCharCode(code)), Array(256));
  let place = 0;
  for (let byte = 0; byte < 256; byte++) {
    if (letterOf.has(byte)) continue;
    const tildes = place < LETTERS.length ? "~" : "~~";
    written[byte] = tildes + String.fromCharCode(LETTERS[place++ % LETTERS.length]);
  }
  return { letters: Array.from(bytes, (byte) => written[byte]).join(""), order: Buffer.from(order).toString("hex"), size: bytes.length };
}
