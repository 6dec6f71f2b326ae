// Starts the console.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { applySavedTheme } from "../../src/app/theme";
import { Console } from "./Console";
import "paragon-connect/react/styles.css";
import "./styles/index.css";

applySavedTheme();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element #root");
createRoot(root).render(
  <StrictMode>
    <Console />
  </StrictMode>,
);
