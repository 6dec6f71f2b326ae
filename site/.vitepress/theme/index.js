// VitePress' own theme with system fonts, the bars of measured tables, and the live page.

import Theme from "vitepress/theme-without-fonts";
import Live from "./Live.vue";
import "./style.css";

export default {
  extends: Theme,
  enhanceApp: ({ app }) => app.component("Live", Live),
};
