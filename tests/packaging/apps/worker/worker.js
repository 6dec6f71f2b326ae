import { paragon } from "paragon-connect";
import { answer } from "./answer.js";

self.onmessage = answer(paragon);
