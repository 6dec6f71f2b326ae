// For pages without a bundler: a script tag that sets `window.paragon`.

import { paragon } from "./paragon.js";

globalThis.paragon = paragon;
