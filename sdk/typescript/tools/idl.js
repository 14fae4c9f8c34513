// The parts of an Anchor IDL (spec 0.1.0) that the generator reads, and how it finds the files.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
/** Return every IDL of a folder, in the order of the file names. */
export function readIdls(folder) {
    const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
    return files.sort().map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")));
}
