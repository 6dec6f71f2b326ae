// The site: what is built from where, its navigation. Nothing in it comes from another machine.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";
import { folder, places } from "../pages.mjs";

const root = join(import.meta.dirname, "../..");
const has = (page) => existsSync(join(folder, page));
const links = (pages) => pages.filter(([, page]) => has(page)).map(([text, page]) => ({ text, link: `/${page.replace(/(index)?\.md$/, "")}` }));
const inFolder = (name) =>
  [...places.values()].filter((page) => page.startsWith(`${name}/`) && !page.endsWith("/index.md")).map((page) => [page.slice(name.length + 1, -3), page]);

export default defineConfig({
  srcDir: folder,
  outDir: join(root, "target/site/out"),
  cacheDir: join(root, "target/site/cache"),
  // Wherever the site is put, below an address of its own: SITE_BASE=/docs/ npm run docs.
  base: process.env.SITE_BASE ?? "/",
  title: "paragon-connect",
  description: "Browser SDK for embedded integrations, and the local platform it runs against",
  head: [["link", { rel: "icon", href: "data:," }]],
  metaChunk: true,
  // Anchors as code hosts make them, which is what the texts link to.
  markdown: {
    anchor: { slugify: (heading) => heading.toLowerCase().trim().replace(/[^\p{L}\p{N}_\s-]/gu, "").replace(/\s/g, "-") },
    // The texts are texts; braces in them are no expressions.
    config: (md) => {
      for (const kind of ["text", "code_inline"]) {
        const render = md.renderer.rules[kind];
        md.renderer.rules[kind] = (...given) => render(...given).replaceAll("{{", "&#123;&#123;");
      }
    },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Guide", link: "/guide" },
      { text: "Methods", link: "/api/" },
      { text: "Try it", link: "/live" },
    ],
    sidebar: {
      "/api/": [
        { text: "Begin", items: links([["Guide", "guide.md"], ["Errors", "errors.md"]]) },
        { text: "Methods", items: links([["By task", "api/index.md"], ...inFolder("api")]) },
      ],
      "/": [
        {
          text: "Begin",
          items: links([
            ["Start", "start.md"],
            ["Guide", "guide.md"],
            ["Try it", "live.md"],
            ["Coming from the official package", "migration.md"],
            ["Intended differences", "intended-differences.md"],
          ]),
        },
        { text: "Recipes", items: links([["All", "recipes/index.md"], ["Vite", "recipes/vite.md"], ["Next.js", "recipes/next.md"], ["Content Security Policy", "recipes/csp.md"], ["Testing your app", "testing.md"]]) },
        {
          text: "More of the SDK",
          items: links([
            ["Methods by task", "api/index.md"],
            ["React", "react.md"],
            ["File pickers", "pickers.md"],
            ["Front ends in Rust", "rust.md"],
            ["Errors", "errors.md"],
          ]),
        },
        {
          text: "The local platform",
          items: links([
            ["Command line and project file", "platform.md"],
            ["Sandbox providers", "sandbox.md"],
            ["Console", "console.md"],
            ["Workflows", "workflows.md"],
            ["The demo", "demo.md"],
          ]),
        },
        {
          text: "Measured",
          items: links([
            ["Performance", "performance.md"],
            ["The platform's performance", "platform-performance.md"],
            ["Where the package works", "packaging.md"],
            ["Engines", "engines.md"],
            ["Conformance", "conformance.md"],
          ]),
        },
        { text: "Inside", items: links([["Working on the project", "HACKING.md"], ["Decisions", "decisions/index.md"], ...inFolder("decisions")]) },
      ],
    },
  },
});
