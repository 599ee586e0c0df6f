/*
 * Bad bodies and bad parameters by the OpenAPI document: for each field of each body, everything
 * that its schema does not allow. Bodies are built as bytes, since much of what is bad (a name twice,
 * invalid UTF-8, 1e400) no JSON library would write.
 */

export interface Schema {
  $ref?: string;
  anyOf?: Schema[];
  allOf?: Schema[];
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

export interface Route {
  method: string;
  /** "/api/v1/tasks/{id}" */
  path: string;
  body: Schema | undefined;
  query: Parameter[];
}

type Path = (string | number)[];

/** One change of a good body: another value, further members of an object, or a field left out. */
type Change =
  | { at: Path; value: string | Buffer }
  | { at: Path; members: string | Buffer }
  | { at: Path; drop: true };

export interface BadBody {
  what: string;
  /** The JSON pointer that the answer must name; "" when no field is at fault. */
  pointer: string;
  body: Buffer;
}

export function routes(document: Document): Route[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      body: operation.requestBody?.content["application/json"]?.schema,
      query: (operation.parameters ?? []).filter((parameter) => parameter.in === "query"),
    })),
  );
}

const HOLE = "\u0001";

/** The bytes of a body with one change. */
function write(good: unknown, change?: Change): Buffer {
  let hole: string | Buffer = "";
  const visit = (value: unknown, at: Path): string => {
    const here = change !== undefined && pointer(change.at) === pointer(at);
    if (here && "value" in change) {
      hole = change.value;
      return HOLE;
    }
    if (Array.isArray(value)) {
      return `[${value.map((item, i) => visit(item, [...at, i])).join(",")}]`;
    }
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    const dropped = (name: string) =>
      change !== undefined && "drop" in change && pointer(change.at) === pointer([...at, name]);
    const members = Object.entries(value)
      .filter(([name]) => !dropped(name))
      .map(([name, inner]) => `${JSON.stringify(name)}:${visit(inner, [...at, name])}`);
    if (here && "members" in change) {
      hole = change.members;
      members.push(HOLE);
    }
    return `{${members.join(",")}}`;
  };
  const [before = "", after = ""] = visit(good, []).split(HOLE);
  return Buffer.concat([Buffer.from(before), Buffer.from(hole), Buffer.from(after)]);
}

function pointer(path: Path): string {
  return path.map((step) => `/${String(step)}`).join("");
}

const DEEP = 5_000;
const bad = {
  surrogate: '"\\ud83d"',
  reversed: '"\\udc30\\ud83d"',
  utf8: Buffer.from([0x22, 0x61, 0xff, 0x22]),
  overlong: Buffer.from([0x22, 0xc0, 0x80, 0x22]),
  encodedSurrogate: Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
};

/** Texts that are wrong wherever a value may stand: not JSON at all, so no field can be named. */
const broken: [string, string | Buffer][] = [
  ["a lone surrogate", bad.surrogate],
  ["surrogates in the wrong order", bad.reversed],
  ["invalid UTF-8", bad.utf8],
  ["an overlong form", bad.overlong],
  ["an encoded surrogate", bad.encodedSurrogate],
  ["NaN", "NaN"],
  ["a leading zero", "01"],
  ["a leading plus", "+1"],
  ["a hexadecimal number", "0x10"],
  ["nothing", ","],
  ["a comment", "1/**/"],
  ["a raw line break", '"a\nb"'],
  ["an unknown escape", '"\\x41"'],
  ["an unfinished text", '"abc'],
];

export class Generator {
  constructor(private readonly document: Document) {}

  resolve(schema: Schema): Schema {
    if (!schema.$ref) return schema;
    const found = this.document.components.schemas[schema.$ref.split("/").at(-1) ?? ""];
    if (!found) throw new Error(`no schema ${schema.$ref}`);
    return this.resolve(found);
  }

  /** Every bad body of a route, made from a good one that has all fields. */
  *bodies(schema: Schema, good: unknown): Iterable<BadBody> {
    yield* this.wholes(good);
    for (const [what, at, change] of this.object(this.resolve(schema), good, [])) {
      yield { what, pointer: pointer(at), body: write(good, change) };
    }
  }

  private *wholes(good: unknown): Iterable<BadBody> {
    const text = write(good);
    const bodies: [string, Buffer | string][] = [
      ["empty", ""],
      ["blank", "  \n"],
      ["a text", '"x"'],
      ["a number", "1"],
      ["null", "null"],
      ["a list", "[]"],
      ["the object in a list", Buffer.concat([Buffer.from("["), text, Buffer.from("]")])],
      ["not finished", text.subarray(0, -1)],
      ["twice", Buffer.concat([text, text])],
      ["with something behind it", Buffer.concat([text, Buffer.from("x")])],
      ["with a NUL behind it", Buffer.concat([text, Buffer.from([0])])],
      ["with a byte order mark", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text])],
      ["in UTF-16", Buffer.from(`\ufeff${text.toString()}`, "utf16le")],
      ["nested without end", "[".repeat(DEEP)],
      ["objects without end", '{"a":'.repeat(DEEP)],
      ["a form", "title=x"],
    ];
    for (const [what, body] of bodies) {
      yield { what: `the body: ${what}`, pointer: "", body: Buffer.from(body) };
    }
  }

  private *object(schema: Schema, good: unknown, at: Path): Changes {
    const fields = schema.properties ?? {};
    const value = good as Record<string, unknown>;
    const unknown: [string, string][] = [
      ["an unknown field", "no_such_field"],
      ["a prototype's name", "__proto__"],
      ["a field with another case", "ID"],
    ];
    for (const [what, name] of unknown) {
      yield [what, [...at, name], { at, members: `"${name}":1` }];
    }
    yield ["a deep unknown field", [...at, "deep"], { at, members: `"deep":${deep()}` }];
    for (const name of schema.required ?? []) {
      yield ["missing", [...at, name], { at: [...at, name], drop: true }];
    }
    for (const [name, field] of Object.entries(fields)) {
      const inner = [...at, name];
      if (!(name in value)) throw new Error(`the good body has no ${pointer(inner)}`);
      const text = JSON.stringify(value[name]);
      yield ["twice", inner, { at, members: `"${name}":${text}` }];
      const escaped = `\\u${name.charCodeAt(0).toString(16).padStart(4, "0")}${name.slice(1)}`;
      yield ["twice, once escaped", inner, { at, members: `"${escaped}":${text}` }];
      yield* this.value(field, value[name], inner);
    }
  }

  private *value(schema: Schema, good: unknown, at: Path): Changes {
    const whole = this.resolve(schema);
    const forms = whole.anyOf ?? whole.allOf ?? [whole];
    const form = this.resolve(forms.find((inner) => inner.type !== "null") ?? whole);
    const types = forms.flatMap((inner) => this.resolve(inner).type ?? []);
    for (const [what, value] of broken) yield [`not JSON: ${what}`, [], { at, value }];
    for (const [what, type, value] of others) {
      if (!types.includes(type) && !(type === "integer" && types.includes("number"))) {
        yield [what, at, { at, value }];
      }
    }
    if (types.includes("integer")) yield* this.integer(form, at);
    if (types.includes("string")) yield* this.text(form, at);
    if (types.includes("array")) yield* this.list(form, good, at);
    if (types.includes("object") && typeof good === "object" && good !== null) {
      yield* this.object(form, good, at);
    }
  }

  private *integer(schema: Schema, at: Path): Changes {
    const { minimum = 0, maximum = 0 } = schema;
    const values = [
      ...["0.5", "1.0", "1e0", "1E2", "-0.0", "1e400", "-1e400", "1e-400"],
      ...["9223372036854775808", "18446744073709551616", "-9223372036854775809", "9".repeat(400)],
    ];
    if (Number.isSafeInteger(minimum)) values.push(String(minimum - 1));
    if (Number.isSafeInteger(maximum)) values.push(String(maximum + 1));
    for (const value of values) yield [value.slice(0, 24), at, { at, value }];
  }

  private *text(schema: Schema, at: Path): Changes {
    const { minLength = 0, maxLength, format, pattern } = schema;
    const text = (value: string): Change => ({ at, value: JSON.stringify(value) });
    if (minLength > 0) yield ["too short", at, text("x".repeat(minLength - 1))];
    if (maxLength !== undefined) {
      yield ["too long", at, text("x".repeat(maxLength + 1))];
      yield ["too long in other letters", at, text("\u{1F430}".repeat(maxLength + 1))];
      yield ["huge", at, text("x".repeat(30_000))];
    }
    for (const ch of ["\0", "\b", "\u001f", "\u007f", "\u0085"]) {
      yield [`a control character ${JSON.stringify(ch)}`, at, text(`ab${ch}cd`)];
    }
    if (schema.enum) {
      for (const name of ["", "Open", "none", " "]) {
        if (!schema.enum.includes(name)) yield ["no choice", at, text(name)];
      }
    }
    const wrong = format ? formats[format] : pattern?.includes("24:00") ? formats["wall"] : [];
    for (const value of wrong ?? []) yield [`"${value}"`, at, text(value)];
  }

  private *list(schema: Schema, good: unknown, at: Path): Changes {
    const { minItems = 0, maxItems, items } = schema;
    const list = Array.isArray(good) ? (good as unknown[]) : [];
    const many = (n: number) =>
      `[${Array<string>(n)
        .fill(JSON.stringify(list[0] ?? 1))
        .join(",")}]`;
    if (minItems > 0) yield ["too few", at, { at, value: many(minItems - 1) }];
    if (maxItems !== undefined && maxItems < 1_000) {
      yield ["too many", at, { at, value: many(maxItems + 1) }];
    }
    if (items && list.length > 0) {
      const last = list.length - 1;
      yield* this.value(items, list[last], [...at, last]);
    }
  }
}

type Changes = Iterable<[what: string, at: Path, change: Change]>;

function deep(): string {
  return "[".repeat(DEEP) + "]".repeat(DEEP);
}

/** Values of each type, to stand where another is wanted. */
const others: [string, string, string][] = [
  ["null", "null", "null"],
  ["true", "boolean", "true"],
  ["a number", "integer", "7"],
  ["a text", "string", '"x"'],
  ["a number in a text", "string", '"7"'],
  ["a list", "array", "[]"],
  ["an object", "object", "{}"],
  ["a deep list", "array", deep()],
];

const formats: Record<string, string[]> = {
  uuid: [
    ...["", "x", "0192f0c1-2345-7abc-8def-0123456789a", "0192f0c123457abc8def0123456789ab"],
    ...["00000000-0000-0000-0000-000000000000", "0192f0c1-2345-7abc-8def-0123456789ag"],
    "{192f0c1-2345-7abc-8def-0123456789ab}",
  ],
  "date-time": [
    ...["", "now", "2036-11-26", "2036-11-26T12:00:00", "2036-11-26 12:00:00Z"],
    ...["2036-02-30T12:00:00Z", "2036-11-26T24:00:00Z", "2036-11-26T12:00:60Z"],
    ...["1969-12-31T23:59:59Z", "10000-01-01T00:00:00Z", "2036-11-26T12:00:00+1:00", "2108462400"],
  ],
  date: ["", "2036-1-1", "2036-02-30", "2036-11-26T00:00:00Z"],
  email: ["abc", "@example.org", "a@", "a b@example.org", "a@b@example.org"],
  wall: ["", "9:00", "09:60", "24:01", "25:00", "09:00:00", "-1:00", "noon"],
};

/** Bad values of a parameter of the query, without those that its schema allows. */
export function badParameters(parameter: Parameter): string[] {
  const schema = parameter.schema.anyOf?.[0] ?? parameter.schema;
  if (schema.type === "string" && !schema.format && !schema.pattern && !schema.enum)
    return ["x".repeat(300)]; // any text may be looked for
  const values = ["", "x".repeat(300), "\u{1F430}", "1%202", "null"];
  if (schema.type === "integer") {
    values.push("-1", "+1", "1.5", "1e2", "0x1", "9".repeat(30), "true");
    if (schema.minimum !== undefined && schema.minimum > 0) values.push(String(schema.minimum - 1));
    if (schema.maximum !== undefined) values.push(String(schema.maximum + 1));
  }
  if (schema.pattern) values.push("1", "1/", "/1", "1/0", "-1/2", "1/2/3", "0.5", "2/1", "1/9999");
  if (schema.type === "boolean") values.push("1", "yes", "TRUE");
  if (schema.format === "date") values.push(...(formats["date"] ?? []));
  if (schema.format === "date-time") values.push("2036-11-26", "2036-02-30T12:00:00Z", "0");
  return values;
}
