import { createParagon, paragon } from "paragon-connect";
import { expose } from "./recorder.ts";

window.createParagon = createParagon;
expose(paragon);
