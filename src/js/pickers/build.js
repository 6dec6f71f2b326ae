// The vendors whose pickers are scripts in the page. Each function loads its script, and resolves with the picker that
// it has built: `instance` is the vendor's own, `show(tell)` and `hide()` are what core asks for. Microsoft's picker is
// a page in a popup and needs nothing of this.

import { box } from "./box.js";
import { google } from "./google.js";

export const buildPicker = (vendor, settings) => (vendor === "box" ? box : google)(settings);
