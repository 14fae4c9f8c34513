// Tests of job receipts with the shared vectors: the same checks hold and fail as in Python.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Json } from "./canonical.ts";
import { readCluster } from "./cluster.ts";
import { InvalidMember } from "./document.ts";
import { verifyJobReceipt } from "./job-receipt.ts";

interface Vectors {
  readonly cluster: Json;
  readonly cases: readonly { readonly name: string; readonly document: Json; readonly checks: readonly string[][] }[];
  readonly mutations: readonly Mutation[];
}

interface Mutation {
  readonly document: string;
  readonly path: readonly (string | number)[];
  readonly value: Json;
  readonly refused?: string;
  readonly failed?: readonly string[][];
}

const FILE = join(import.meta.dirname, "..", "..", "..", "tests", "vectors", "job_receipt.json");
const VECTORS = JSON.parse(readFileSync(FILE, "utf8")) as Vectors;

/** Return a copy of a document with one member replaced, or added. */
function mutated(document: unknown, path: Mutation["path"], value: unknown): unknown {
  const changed: unknown = structuredClone(document);
  let place = changed as Record<string, unknown>;
  for (const step of path.slice(0, -1)) place = place[step] as Record<string, unknown>;
  place[path.at(-1) ?? ""] = value;
  return changed;
}

test("every check of every honest receipt", async () => {
  const cluster = await readCluster(VECTORS.cluster);
  assert.ok(VECTORS.cases.length >= 3);
  for (const { name, document, checks } of VECTORS.cases) {
    const found = await verifyJobReceipt(document, cluster);
    assert.deepEqual(found.map((check) => [check.name, check.result]), checks, name);
    assert.ok(found.every(({ result }) => result !== "fails"), name);
  }
});

test("every mutation fails, at the member that Python names", async () => {
  const cluster = await readCluster(VECTORS.cluster);
  assert.ok(VECTORS.mutations.length >= 30);
  for (const { document, path, value, refused, failed } of VECTORS.mutations) {
    const honest = VECTORS.cases.find(({ name }) => name === document);
    const checking = verifyJobReceipt(mutated(honest?.document, path, value), cluster);
    if (refused !== undefined) {
      await assert.rejects(checking, (fault) => fault instanceof InvalidMember && fault.field === refused, path.join("."));
      continue;
    }
    const wrong = (await checking).filter(({ result }) => result === "fails");
    assert.ok(wrong.length > 0, path.join("."));
    assert.deepEqual(wrong.map(({ name, member }) => [name, member]), failed, path.join("."));
  }
});

test("a description that is changed, or signed by another key, is refused", async () => {
  const changes: readonly (readonly [Mutation["path"], Json, string])[] = [
    [["signature"], "00".repeat(64), "signature"],
    [["description", "name"], "another", "signature"],
    [["description", "epochs", 0, "threshold"], 3, "description.epochs[0].oracles"],
    [["description", "epochs", 0, "epoch"], "4", "description.epochs"],
    [["description", "epochs", 0, "oracles", 0, "address"], "ftp://x", "description.epochs[0].oracles[0].address"],
    [["description", "programs", "markets"], "junk", "description.programs.markets"],
    [["description", "note"], 1, "description.note"],
  ];
  for (const [path, value, field] of changes) {
    const reading = readCluster(mutated(VECTORS.cluster, path, value));
    await assert.rejects(reading, (fault) => fault instanceof InvalidMember && fault.field === field, path.join("."));
  }
});

test("anything else is refused", async () => {
  const cluster = await readCluster(VECTORS.cluster);
  for (const junk of [null, [], "text", 7, {}]) {
    await assert.rejects(verifyJobReceipt(junk, cluster), InvalidMember);
    await assert.rejects(readCluster(junk), InvalidMember);
  }
});
