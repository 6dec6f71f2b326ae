import { createParagon, paginate, paragon } from "paragon-connect";
import * as sdk from "paragon-connect";
import { expose } from "./recorder.ts";

window.createParagon = createParagon;
window.paginate = paginate;
// What snippets of the docs import.
window.sdk = sdk;
expose(paragon);
