// Starts the demo.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { applySavedTheme } from "./app/theme";
import "paragon-connect/react/styles.css";
import "./styles/index.css";

applySavedTheme();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
