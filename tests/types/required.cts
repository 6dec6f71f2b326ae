// The same package from CommonJS.
import { ParagonError, paragon } from "paragon-connect";

const version: string = paragon.getVersion();
const isOurs = (error: unknown): error is ParagonError => error instanceof ParagonError;
void [version, isOurs];
