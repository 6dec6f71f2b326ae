// What the functions of a WebAssembly module weigh, by the names that its name section gives them.

const CUSTOM = 0;
const IMPORT = 2;
const CODE = 10;
const NAMES_OF_FUNCTIONS = 1;

// Reads numbers (LEB128) and texts one after the other.
class Reader {
  place = 0;

  constructor(bytes) {
    this.bytes = bytes;
  }

  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.place++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  take(length) {
    this.place += length;
    return this.bytes.subarray(this.place - length, this.place);
  }

  text() {
    return Buffer.from(this.take(this.number())).toString();
  }

  get isAtEnd() {
    return this.place >= this.bytes.length;
  }
}

// Bytes by function, before anything compresses them. Those that share a name are added up.
export function functionsOf(module) {
  let imported = 0;
  const lengths = [];
  const names = new Map();
  const file = new Reader(module);
  file.take(8);
  while (!file.isAtEnd) {
    const kind = file.number();
    const section = new Reader(file.take(file.number()));
    if (kind === IMPORT) imported = section.number();
    if (kind === CODE) {
      for (let count = section.number(); count--; ) lengths.push(section.take(section.number()).length);
    }
    if (kind === CUSTOM && section.text() === "name") {
      while (!section.isAtEnd) {
        const isOurs = section.number() === NAMES_OF_FUNCTIONS;
        const part = new Reader(section.take(section.number()));
        if (isOurs) for (let count = part.number(); count--; ) names.set(part.number(), part.text());
      }
    }
  }
  const functions = {};
  lengths.forEach((length, index) => {
    const name = readable(names.get(imported + index) ?? "without a name");
    functions[name] = (functions[name] ?? 0) + length;
  });
  return functions;
}

// Without what only compilers want to know.
const readable = (name) =>
  name
    .replace(/::h[0-9a-f]{16}$/, "")
    .replace(/<impl [\w:]+<V>>::/g, "")
    .replace(/paragon_connect::/g, "");
