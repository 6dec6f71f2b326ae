import { createParagon, paginate, paragon } from "paragon-connect";
import { expose } from "./recorder.ts";

window.createParagon = createParagon;
window.paginate = paginate;
expose(paragon);
