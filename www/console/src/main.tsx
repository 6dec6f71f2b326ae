// Starts the console.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { applySavedTheme } from "../../src/app/theme";
import { findSecret } from "./app/secret";
import { Console } from "./Console";
import "paragon-connect/react/styles.css";
import "./styles/index.css";

applySavedTheme();
// Before anything else: the address forgets it.
const secret = findSecret();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element #root");
createRoot(root).render(
  <StrictMode>
    <Console given={secret} />
  </StrictMode>,
);
