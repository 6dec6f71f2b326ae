import { paragon } from "@useparagon/connect";
import type { Paragon } from "paragon-connect";
import { expose } from "./recorder.ts";

expose(paragon as unknown as Paragon);
