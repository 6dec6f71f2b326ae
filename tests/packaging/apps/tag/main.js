import { listen } from "./app.js";

listen(window.paragon);
