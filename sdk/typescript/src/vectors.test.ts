// Tests with the shared vectors: the same hashes, ids and signatures as in Python and Rust.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { createKeyPairSignerFromPrivateKeyBytes } from "@solana/kit";
import { canonicalBytes, canonicalHash, type Document, InvalidDocument, receiptSigningBytes } from "./canonical.ts";
import { cidOfBytes, cidOfDigest, digestOfCid, InvalidCid } from "./cid.ts";
import { httpSigningBytes, requestNonce, signatureHeaders } from "./http-signature.ts";
import { leafHash, outputRoot } from "./outputs.ts";

const VECTORS = join(import.meta.dirname, "..", "..", "..", "tests", "vectors");

function cases<T>(name: string): T[] {
  const { cases } = JSON.parse(readFileSync(join(VECTORS, `${name}.json`), "utf8")) as { cases: T[] };
  assert.ok(cases.length > 0);
  return cases;
}

interface DocumentCase {
  readonly document: Document;
  readonly canonical: string;
  readonly hash: string;
  readonly cid?: string;
  readonly signing_bytes?: string;
}

for (const name of ["spec_hash", "receipt_hash"]) {
  test(`${name} of every document`, () => {
    for (const { document, canonical, hash, cid, signing_bytes } of cases<DocumentCase>(name)) {
      assert.equal(new TextDecoder().decode(canonicalBytes(document)), canonical);
      const digest = canonicalHash(document);
      assert.equal(bytesToHex(digest), hash);
      if (cid !== undefined) assert.equal(cidOfDigest(digest), cid);
      if (signing_bytes !== undefined) assert.equal(bytesToHex(receiptSigningBytes(digest)), signing_bytes);
    }
  });
}

test("a document that two languages may write differently is refused", () => {
  for (const value of [0.5, 2 ** 53, NaN, "\ud800", undefined]) {
    assert.throws(() => canonicalBytes({ inner: [value] } as Document), InvalidDocument);
  }
});

test("content ids", () => {
  for (const { data, digest, cid } of cases<{ data: string; digest: string; cid: string }>("cid")) {
    assert.equal(cidOfBytes(hexToBytes(data)), cid);
    assert.equal(bytesToHex(digestOfCid(cid)), digest);
  }
});

test("another spelling of a content id is refused", () => {
  const cid = cidOfBytes(Uint8Array.of());
  const lastBitSet = `${cid.slice(0, -1)}v`;
  for (const wrong of ["", "b", cid.toUpperCase(), cid.slice(0, -1), `${cid}a`, `z${cid.slice(1)}`, lastBitSet]) {
    assert.throws(() => digestOfCid(wrong), InvalidCid, wrong);
  }
});

interface OutputCase {
  readonly files: readonly { readonly path: string; readonly mode: number; readonly size: number; readonly sha256: string }[];
  readonly leaves: readonly string[];
  readonly root: string;
}

test("output roots, in whatever order the files are given", () => {
  for (const { files, leaves, root } of cases<OutputCase>("output_root")) {
    const given = files.map((file) => ({ ...file, sha256: hexToBytes(file.sha256) }));
    assert.deepEqual(given.map((file) => bytesToHex(leafHash(file))), leaves);
    assert.equal(bytesToHex(outputRoot(given)), root);
    assert.equal(bytesToHex(outputRoot(given.toReversed())), root);
  }
});

interface RequestCase {
  readonly seed: string;
  readonly method: string;
  readonly target: string;
  readonly body: string;
  readonly timestamp: number;
  readonly nonce: string;
  readonly signed: string;
  readonly headers: Readonly<Record<string, string>>;
}

test("signed requests", async () => {
  for (const { seed, body, signed, headers, ...rest } of cases<RequestCase>("http_signature")) {
    const request = { ...rest, body: hexToBytes(body) };
    assert.equal(new TextDecoder().decode(httpSigningBytes(request)), signed);
    const signer = await createKeyPairSignerFromPrivateKeyBytes(hexToBytes(seed));
    assert.deepEqual(await signatureHeaders(signer, request), headers);
  }
});

test("every request has a nonce of its own", () => {
  assert.match(requestNonce(), /^[0-9a-f]{32}$/);
  assert.notEqual(requestNonce(), requestNonce());
});
