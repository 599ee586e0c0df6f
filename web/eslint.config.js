import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/* ui, api, plan, line, time, i18n <- features <- app, and no feature sees another. A feature's own files
   are reached with "./", everything else with "../../folder/". */
const LOW = ["ui", "api", "plan", "line", "time", "i18n"];

function forbid(files, patterns) {
  return {
    files,
    rules: { "no-restricted-imports": ["error", { patterns: [{ group: patterns }] }] },
  };
}

export default defineConfig(
  { ignores: ["dist", "coverage", "public"] },
  js.configs.recommended,
  tseslint.configs.strict,
  hooks.configs.flat["recommended-latest"],
  /* Linted in one go with what is outside, there are two candidates. */
  { languageOptions: { parserOptions: { tsconfigRootDir: import.meta.dirname } } },
  {
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  forbid(
    LOW.map((folder) => `src/${folder}/**`),
    ["**/features/**", "**/app/**"],
  ),
  forbid(["src/time/**"], ["**/{ui,api,plan,i18n,features,app}/**"]),
  forbid(["src/i18n/**"], ["**/{ui,api,plan,features,app}/**"]),
  forbid(["src/line/**"], ["**/{ui,api,plan,features,app}/**"]),
  forbid(["src/api/**"], ["**/{ui,plan,features,app}/**"]),
  forbid(["src/plan/**"], ["**/{ui,features,app}/**", "react"]),
  {
    files: ["src/features/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^\\.\\./(?!\\.\\./)|/(app|features)/" }] },
      ],
    },
  },
);
