// What `src/web`, the crate's own API for front ends in Rust, imports: one file, which their tools copy.

export { createParagon, paragon } from "./paragon.js";
