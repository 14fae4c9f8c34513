// Generator of everything below src/generated: `python tools/openapi.py | node tools/generate.ts [IDL_FOLDER]`.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { writeApi } from "./api.ts";
import { readIdls } from "./idl.ts";
import { writePrograms } from "./programs.ts";

const PACKAGE = join(import.meta.dirname, "..");
const IDLS = join(PACKAGE, "..", "..", "programs", "artifacts", "idl");

const out = join(PACKAGE, "src", "generated");
const document = await text(process.stdin);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await writePrograms(readIdls(process.argv[2] ?? IDLS), out);
await writeApi(document, out);
