import react from "@vitejs/plugin-react";
import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";
import { defineConfig } from "vitest/config";

type Chunks = Rolldown.OutputBundle;

/* The two Latin faces are needed for the first paint, so the page asks for them at once instead of
   after the style sheet has been read. */
function fonts(bundle: Chunks): HtmlTagDescriptor[] {
  return Object.keys(bundle)
    .filter((file) => /-latin-wght-normal-[\w-]+\.woff2$/.test(file))
    .map((file) => ({
      tag: "link",
      injectTo: "head-prepend",
      attrs: { rel: "preload", href: `/${file}`, as: "font", type: "font/woff2", crossorigin: "" },
    }));
}

/* A file, what it imports, and their styles; without what `known` has. */
function withImports(bundle: Chunks, file: string, known: Set<string>, found = new Set<string>()) {
  const chunk = bundle[file];
  if (chunk?.type !== "chunk" || known.has(file) || found.has(file)) return found;
  found.add(file);
  for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style);
  for (const imported of chunk.imports) withImports(bundle, imported, known, found);
  return found;
}

/* For each page at home, named as in its address, what the browser needs beside the first script. */
function filesOfPages(bundle: Chunks): Record<string, string[]> {
  const chunks = Object.values(bundle).filter((part) => part.type === "chunk");
  const entry = chunks.find((chunk) => chunk.isEntry)?.fileName ?? "";
  const first = withImports(bundle, entry, new Set());
  const home = chunks.find((chunk) => chunk.name === "Home")?.fileName ?? "";
  const pages: Record<string, string[]> = {};
  for (const chunk of chunks)
    for (const module of chunk.moduleIds) {
      const name = /\/(?:features\/\w+|app)\/([A-Z]\w+)Page\.tsx$/.exec(module)?.[1]?.toLowerCase();
      if (name && !first.has(chunk.fileName))
        pages[name] = [
          ...withImports(bundle, chunk.fileName, first, withImports(bundle, home, first)),
        ];
    }
  return pages;
}

/* Tells public/first.js what to ask for, so that a page's code comes beside the first script instead
   of after it. */
function askEarly(): Plugin {
  return {
    name: "ask-early",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const pages = JSON.stringify(filesOfPages(bundle)).replaceAll('"', "&quot;");
        return {
          html: html.replace('src="/first.js"', `src="/first.js" data-pages="${pages}"`),
          tags: fonts(bundle),
        };
      },
    },
  };
}

export default defineConfig({
  plugins: [react(), askEarly()],
  build: {
    target: "es2022",
    /* The content security policy forbids data: fonts, so nothing is inlined. */
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    /* What several pages share comes in few files: over a slow network a file costs a journey to the
       server, however small it is. */
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "first", tags: ["$initial"] },
            { name: "dialog", test: /node_modules\/(?!lucide)|ui\/Dialog\./, minShareCount: 2 },
            {
              name: "common",
              test: /src\/(ui|plan|time|i18n|api)\/|lucide/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": process.env["STUDYBUNNY_URL"] ?? "http://127.0.0.1:8080" },
  },
  test: { environment: "node" },
});
