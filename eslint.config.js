import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/* For everything but the web app, which has its own in web/. */
export default defineConfig(
  { ignores: ["web", "build", ".deps", "tests/e2e/output"] },
  js.configs.recommended,
  tseslint.configs.strict,
  { languageOptions: { parserOptions: { tsconfigRootDir: import.meta.dirname } } },
  {
    rules: {
      eqeqeq: "error",
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    // Replies have many shapes; tests look at what they expect of them.
    files: ["tests/support/server.ts"],
    rules: { "@typescript-eslint/no-explicit-any": "off" },
  },
);
