// Writer of the program clients: Codama for instructions, accounts and addresses; a table for events and errors.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type AnchorIdl, extractPdasVisitor, rootNodeFromAnchorWithoutDefaultVisitor } from "@codama/nodes-from-anchor";
import { renderVisitor } from "@codama/renderers-js";
import {
  camelCase,
  createFromRoot,
  pascalCase,
  setFixedAccountSizesVisitor,
  transformU8ArraysToBytesVisitor,
  updateAccountsVisitor,
} from "codama";
import type { Idl, TypeDefinition } from "./idl.ts";

/** Write the clients of all programs below `folder`, and the module that exports them by name. */
export async function writePrograms(idls: readonly Idl[], folder: string): Promise<void> {
  for (const idl of idls) {
    await render(idl, folder);
    addExtensions(join(folder, idl.metadata.name));
  }
  const names = idls.map((idl) => idl.metadata.name);
  const lines = names.map((name) => `export * as ${camelCase(name)} from "./${name}/index.ts";`);
  writeFileSync(join(folder, "programs.ts"), `${lines.join("\n")}\n`);
}

async function render(idl: Idl, folder: string): Promise<void> {
  const codama = createFromRoot(rootNodeFromAnchorWithoutDefaultVisitor(forCodama(idl) as unknown as AnchorIdl));
  // Codama's usual steps, without those that replace a struct argument by the struct's fields.
  codama.update(extractPdasVisitor());
  codama.update(setFixedAccountSizesVisitor());
  codama.update(transformU8ArraysToBytesVisitor());
  const { accounts, instructions } = codama.getRoot().program;
  // The account `Stake` and the instruction `stake` would export the same names.
  const taken = new Set<string>(instructions.map((instruction) => instruction.name));
  const clashes = accounts.map((account) => account.name).filter((name) => taken.has(name));
  codama.update(updateAccountsVisitor(Object.fromEntries(clashes.map((name) => [name, { name: `${name}Account` }]))));
  const generatedFolder = idl.metadata.name;
  await codama.accept(renderVisitor(folder, { generatedFolder, syncPackageJson: false, formatCode: false }));
  const root = join(folder, generatedFolder);
  rmSync(join(root, "programs"), { recursive: true });
  mkdirSync(join(root, "programs"));
  writeFileSync(join(root, "programs", "index.ts"), programModule(idl));
  writeFileSync(join(root, "tables.ts"), tablesModule(idl));
  const index = join(root, "index.ts");
  writeFileSync(index, `${readFileSync(index, "utf8")}\nexport * from './tables';\n`);
}

/**
 * Return the IDL in a form for Codama: aliases replaced by their types, which its parser does not know; lists of bytes as `Uint8Array`;
 * events as plain types, because Codama renders no events; no errors, because its table needs Node.js and hides messages.
 */
function forCodama(idl: Idl): Idl {
  const types = idl.types ?? [];
  const aliases = new Map(types.filter((type) => type.type.kind === "type").map((type) => [type.name, type.type.alias]));
  return { ...idl, types: withoutAliases(types, aliases), ...inlined(idl, aliases), events: [], errors: [] };
}

function withoutAliases(types: readonly TypeDefinition[], aliases: ReadonlyMap<string, unknown>): TypeDefinition[] {
  return types.filter((type) => !aliases.has(type.name)).map((type) => inline(type, aliases) as TypeDefinition);
}

function inlined(idl: Idl, aliases: ReadonlyMap<string, unknown>): Pick<Idl, "instructions"> {
  return { instructions: inline(idl.instructions, aliases) as Idl["instructions"] };
}

function inline(value: unknown, aliases: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => inline(item, aliases));
  if (typeof value !== "object" || value === null) return value;
  const { defined, vec } = value as { defined?: { name: string }; vec?: unknown };
  if (vec === "u8") return "bytes";
  if (defined !== undefined && aliases.has(defined.name)) return inline(aliases.get(defined.name), aliases);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inline(item, aliases)]));
}

/** Return a replacement of Codama's module, which imports the whole client and does not type-check with @solana/kit 8. */
function programModule(idl: Idl): string {
  const constant = `${idl.metadata.name.toUpperCase()}_PROGRAM_ADDRESS`;
  const address = JSON.stringify(idl.address);
  return `import type { Address } from "@solana/kit";

export const ${constant} = ${address} as Address<${address}>;
`;
}

function tablesModule(idl: Idl): string {
  const events = idl.events ?? [];
  const decoders = events.map((event) => `get${pascalCase(event.name)}Decoder`);
  const eventRows = events.map(
    (event, at) => `  ${event.name}: { discriminator: [${event.discriminator.join(", ")}], decoder: ${decoders[at] ?? ""} },`,
  );
  const errorRows = (idl.errors ?? []).map(
    (error) => `  ${error.code}: { name: ${JSON.stringify(error.name)}, message: ${JSON.stringify(error.msg ?? error.name)} },`,
  );
  return `import { ${decoders.join(", ")} } from "./types/index.ts";
export { ${idl.metadata.name.toUpperCase()}_PROGRAM_ADDRESS as PROGRAM_ADDRESS } from "./programs/index.ts";

/** Events that this program emits, by name. */
export const EVENTS = {
${eventRows.join("\n")}
} as const;

/** Errors that this program returns, by number. */
export const ERRORS = {
${errorRows.join("\n")}
} as const;
`;
}

/** Add the folder's file and the extension to imports: Node.js needs both, and Codama writes neither. */
function addExtensions(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, "utf8").replace(/(from\s+')(\.[^']*?)(')/g, (_, before: string, target: string, after: string) => {
      const isFolder = existsSync(join(dirname(path), target, "index.ts"));
      return `${before}${target}${isFolder ? "/index" : ""}.ts${after}`;
    });
    writeFileSync(path, text);
  }
}
