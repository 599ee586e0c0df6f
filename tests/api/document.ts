/* The OpenAPI document of the program under test, as far as the tests read it. */
import { execFileSync } from "node:child_process";

export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: (string | null)[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  format?: string;
  pattern?: string;
}

export interface Operation {
  security: Record<string, string[]>[];
  parameters: { name: string; in: string; required?: boolean }[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

export function readDocument(): Document {
  const program = process.env["STUDYBUNNY"];
  if (!program) throw new Error("STUDYBUNNY has to name the program to test");
  return JSON.parse(execFileSync(program, ["openapi"], { encoding: "utf8" })) as Document;
}

export function resolve(document: Document, schema: Schema): Schema {
  const name = schema.$ref?.split("/").at(-1);
  const found = name ? document.components.schemas[name] : schema;
  if (!found) throw new Error(`no schema ${String(schema.$ref)}`);
  return found;
}

export interface Endpoint {
  method: string;
  path: string;
  operation: Operation;
  /** Needs a session. */
  member: boolean;
  /** Needs an administrator. */
  admin: boolean;
  body: Schema | undefined;
  /** The type of a body that is a file's bytes. */
  file: string | undefined;
}

export function endpointsOf(document: Document): Endpoint[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
      member: !operation.security.some((s) => Object.keys(s).length === 0),
      admin: path.startsWith("/api/v1/admin/"),
      body: operation.requestBody?.content["application/json"]?.schema,
      file: Object.keys(operation.requestBody?.content ?? {}).find(
        (type) => !type.includes("json"),
      ),
    })),
  );
}
