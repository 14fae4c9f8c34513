// Writer of the API's types, and of the table that names the 64-bit integers in each answer.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";

type Json = Readonly<Record<string, unknown>>;

const METHODS = ["get", "put", "post", "delete", "patch"];
// The API sends integers that may exceed 2^53 as decimal strings with these formats.
const BIG_INTEGER = /^u?int(64|128)$/;

/** Write `api.ts` (types and table) into `folder`. */
export async function writeApi(text: string, folder: string): Promise<void> {
  const bigint = ts.factory.createKeywordTypeNode(ts.SyntaxKind.BigIntKeyword);
  const nodes = await openapiTS(JSON.parse(text) as OpenAPI3, {
    transform: (schema) => (BIG_INTEGER.test(schema.format ?? "") ? bigint : undefined),
  });
  const table = JSON.stringify(bigIntegers(JSON.parse(text) as Json), null, 2);
  writeFileSync(
    join(folder, "api.ts"),
    `${astToString(nodes)}
/** Paths of the 64-bit integers in the answer of an operation; \`*\` stands for each item or member. */
export const BIG_INTEGERS: Readonly<Record<string, readonly string[]>> = ${table};
`,
  );
}

function bigIntegers(document: Json): Record<string, string[]> {
  const table: Record<string, string[]> = {};
  for (const [path, operations] of Object.entries(object(document["paths"]))) {
    for (const method of METHODS) {
      const responses = object(object(object(operations)[method])["responses"]);
      const found = Object.entries(responses)
        .filter(([status]) => status.startsWith("2"))
        .flatMap(([, response]) => {
          const json = object(object(object(response)["content"])["application/json"]);
          return [...places(document, object(json["schema"]), [], [])];
        });
      if (found.length > 0) table[`${method.toUpperCase()} ${path}`] = [...new Set(found)].sort();
    }
  }
  return table;
}

/** Yield the path of every 64-bit integer below `schema`. A recursive schema is entered once. */
function* places(document: Json, schema: Json, path: readonly string[], inside: readonly string[]): Generator<string> {
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    if (!inside.includes(reference)) yield* places(document, resolve(document, reference), path, [...inside, reference]);
    return;
  }
  if (BIG_INTEGER.test(String(schema["format"]))) yield path.join(".");
  for (const union of ["anyOf", "oneOf", "allOf"]) {
    const parts = schema[union];
    if (Array.isArray(parts)) for (const part of parts) yield* places(document, object(part), path, inside);
  }
  for (const [name, member] of Object.entries(object(schema["properties"]))) {
    yield* places(document, object(member), [...path, name], inside);
  }
  for (const each of ["items", "additionalProperties"]) {
    const inner = schema[each];
    if (typeof inner === "object") yield* places(document, object(inner), [...path, "*"], inside);
  }
}

function resolve(document: Json, reference: string): Json {
  return reference.replace("#/", "").split("/").reduce((at, name) => object(at[name]), document);
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}
