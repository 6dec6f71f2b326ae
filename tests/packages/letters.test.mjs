// The string in which the module travels gives back the very bytes, whatever they are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { toBytes } from "../../src/js/letters.js";
import { toLetters } from "../../tools/letters.mjs";

const cases = {
  "no bytes": [],
  "every byte once": Array.from({ length: 256 }, (_, byte) => byte),
  "one byte often": Array(1000).fill(126),
  "texts with quotes and backslashes": [...Buffer.from('"\\"\\n~~~ </script>'.repeat(200))],
  "bytes in proportion to their value": Array.from({ length: 256 }, (_, byte) => Array(byte).fill(byte)).flat(),
};

for (const [name, bytes] of Object.entries(cases)) {
  test(name, () => {
    const written = toLetters(Uint8Array.from(bytes));
    assert.match(written.letters, /^[ !#-[\]-~]*$/);
    assert.deepEqual([...toBytes(written)], bytes);
  });
}
