import { paragon } from "paragon-connect";
import { listen } from "./app.js";

listen(paragon);
