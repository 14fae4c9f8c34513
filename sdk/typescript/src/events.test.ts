// Tests of events in logs: a line counts only for the running program.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { readIdls } from "../tools/idl.ts";
import { decodeEvents, InvalidLogs } from "./events.ts";
import { Sampler } from "./sampler.testing.ts";

// Two of Hypernode's programs and one of the cluster; the test uses an event of the first.
const [first, second] = readIdls(join(import.meta.dirname, "..", "..", "..", "programs", "artifacts", "idl"));
assert.ok(first && second);
const [definition] = first.events ?? [];
assert.ok(definition);
const { name, discriminator } = definition;
const PROGRAM = first.metadata.name;
const OURS = first.address;
const CALLER = second.address;
const OTHER = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
const sampler = new Sampler(first);

function anEvent(): { line: string; expected: unknown } {
  const { value, bytes } = sampler.struct(name);
  const line = `Program data: ${Buffer.from([...discriminator, ...bytes]).toString("base64")}`;
  return { line, expected: { program: PROGRAM, name, data: value } };
}

test("events come in order, from nested calls too", () => {
  const [inner, outer] = [anEvent(), anEvent()];
  const { events, complete } = decodeEvents([
    `Program ${CALLER} invoke [1]`,
    `Program ${OURS} invoke [2]`,
    "Program log: Program data: AAAA",
    inner.line,
    `Program ${OURS} success`,
    `Program ${CALLER} success`,
    `Program ${OURS} invoke [1]`,
    outer.line,
    `Program ${OURS} consumed 5000 of 200000 compute units`,
    `Program ${OURS} failed: custom program error: 0x1770`,
  ]);
  assert.ok(complete);
  assert.deepEqual(events, [inner.expected, outer.expected]);
});

test("data of another program is not an event", () => {
  const { line } = anEvent();
  const logs = [`Program ${OURS} invoke [1]`, `Program ${OTHER} invoke [2]`, line, `Program ${OTHER} success`];
  assert.deepEqual(decodeEvents([...logs, `Program ${OURS} success`]).events, []);
  assert.deepEqual(decodeEvents([line]).events, []);
});

test("an event that this client does not know keeps its bytes", () => {
  const data = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const line = `Program data: ${Buffer.from(data).toString("base64")}`;
  assert.deepEqual(decodeEvents([`Program ${OURS} invoke [1]`, line, `Program ${OURS} success`]).events, [
    { program: PROGRAM, name: "Unknown", data },
  ]);
});

test("logs that were cut are not complete", () => {
  const { line, expected } = anEvent();
  const decoded = decodeEvents([`Program ${OURS} invoke [1]`, line, "Log truncated"]);
  assert.deepEqual(decoded, { events: [expected], complete: false });
});

test("logs that no runtime writes are refused", () => {
  assert.throws(() => decodeEvents([`Program ${OURS} success`]), InvalidLogs);
  assert.throws(() => decodeEvents([`Program ${OURS} invoke [2]`]), InvalidLogs);
});
