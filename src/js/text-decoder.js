// Takes the place of `TextDecoder` everywhere in the package (tools/build.mjs): jsdom has none, and an app's tests must be
// able to import us there.

const TextDecoder = globalThis.TextDecoder ?? class {
  decode(bytes = []) {
    return decodeURIComponent(escape(String.fromCharCode(...bytes)));
  }
};

export { TextDecoder };
