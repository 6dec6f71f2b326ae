// An app's page without a framework, with <paragon-connect>.
import "paragon-connect/element";
import { paragon } from "paragon-connect";
import { expose } from "./recorder.ts";

expose(paragon);
