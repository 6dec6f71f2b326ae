// Builds the demo, the portal and the console into dist/, which the platform's binary embeds. Nothing here is for the SDK: it needs no setting.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: {
    // The page's content security policy has neither inline scripts nor data: scripts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Browsers with light-dark(): written for older ones, it would need a colour scheme on the root, which the portal must not have.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    rolldownOptions: { input: { index: "index.html", console: "console/index.html", portal: "portal/index.html" } },
    // One file from loopback; React DOM alone is a third of it.
    chunkSizeWarningLimit: 900,
  },
  server: {
    host: "127.0.0.1",
    port: 9403,
    strictPort: true,
    // The demo's own back end signs user tokens; it runs in `paragon-local serve`.
    proxy: { "/api": "http://127.0.0.1:9402" },
  },
});
