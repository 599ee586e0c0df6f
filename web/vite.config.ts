import react from "@vitejs/plugin-react";
import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";
import { defineConfig } from "vitest/config";

type Chunks = Rolldown.OutputBundle;

/* These fonts are needed for the first paint, so the page asks for them at once instead of after the
   style sheet has been read. */
function fonts(bundle: Chunks): HtmlTagDescriptor[] {
  return Object.keys(bundle)
    .filter((file) => /\/(figtree-common|literata-heading)-[\w-]+\.woff2$/.test(file))
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
  const entry = chunks.find((chunk) => chunk.isEntry);
  if (!entry) throw new Error("there is no first chunk");
  const first = withImports(bundle, entry.fileName, new Set());
  const home = chunks.find((chunk) => chunk.name === "Home");
  if (!home) throw new Error("there is no chunk of the app's home");
  const pages: Record<string, string[]> = {};
  for (const chunk of chunks)
    for (const module of chunk.moduleIds) {
      const name = /\/(?:features\/\w+|app)\/([A-Z]\w+)Page\.tsx$/.exec(module)?.[1]?.toLowerCase();
      if (name && entry.dynamicImports.includes(chunk.fileName))
        pages[name] = [
          ...withImports(bundle, chunk.fileName, first, withImports(bundle, home.fileName, first)),
        ];
    }
  return pages;
}

/* What app/ahead.ts reads. */
const ASKED = [
  "me",
  "settings",
  "availability",
  "courses?limit=200",
  "tasks?limit=200",
  "schedule?days=due",
];

const link = (rel: string, href: string, more = "") =>
  `    <link rel="${rel}" crossorigin href="${href}"${more}>\n`;

/* Each page at home gets an index.html of its own, which asks for the page's code and data at once:
   beside the first script instead of after it. Scripts let pass what the first paint needs: the page's
   frame is in the HTML. */
function pagesOfTheirOwn(): Plugin {
  return {
    name: "pages-of-their-own",
    transformIndexHtml: {
      order: "post",
      handler: (html, { bundle = {} }) => {
        const german = Object.values(bundle).find(
          (part) => part.type === "chunk" && part.facadeModuleId?.endsWith("/i18n/de/index.ts"),
        )?.fileName;
        return {
          html: html
            .replace('src="/first.js"', `src="/first.js" data-de="/${german}"`)
            .replace('<script type="module"', '<script type="module" fetchpriority="low"'),
          tags: fonts(bundle),
        };
      },
    },
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const index = bundle["index.html"];
        if (index?.type !== "asset") throw new Error("there is no index.html");
        const statement = Object.keys(bundle)
          .filter((file) => file.includes("literata-statement"))
          .map((file) => link("preload", `/${file}`, ' as="font" type="font/woff2"'));
        const asked = ASKED.map((what) => link("preload", `/api/v1/${what}`, ' as="fetch"'));
        for (const [name, files] of Object.entries(filesOfPages(bundle))) {
          const links = files.map((file) =>
            file.endsWith(".css")
              ? link("preload", `/${file}`, ' as="style"')
              : link("modulepreload", `/${file}`, ' fetchpriority="low"'),
          );
          /* Its largest words are a statement; set in another font first, they would move the rest. */
          if (name === "plan") links.unshift(...statement);
          const source = String(index.source).replace(
            "  </head>",
            `${[...links, ...asked].join("")}  </head>`,
          );
          this.emitFile({ type: "asset", fileName: `${name}.html`, source });
        }
      },
    },
  };
}

export default defineConfig({
  plugins: [react(), pagesOfTheirOwn()],
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
            {
              name: "common",
              test: /src\/(ui|plan|time|i18n|api)\/|lucide|features\/(notifications\/browser|today\/timer)/,
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
  // Nothing here is about speed; a machine may be busy.
  test: { environment: "node", testTimeout: 60_000, setupFiles: "src/today.setup.ts" },
});
