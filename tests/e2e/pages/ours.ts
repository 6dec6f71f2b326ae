import { paragon } from "paragon-connect";
import { expose } from "./recorder.ts";

expose(paragon);
