// Canonical encoding of documents: RFC 8785 JSON. Its SHA-256 is the document's hash and its blob's address.
import { sha256 } from "@noble/hashes/sha2.js";
import canonicalize from "canonicalize";

/** JSON value of a document: integers below 2^53; larger ones are decimal strings. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export type Document = Readonly<Record<string, Json>>;

/** Error of a document that has no canonical form. */
export class InvalidDocument extends Error {
  override readonly name = "InvalidDocument";
}

/** Return the canonical bytes of a job spec, an execution, a receipt or another document. */
export function canonicalBytes(document: Document): Uint8Array {
  check("document", document);
  const text = canonicalize(document);
  if (text === undefined) throw new InvalidDocument("document has no canonical form");
  return new TextEncoder().encode(text);
}

/** Return the SHA-256 of the canonical bytes, such as `spec_hash` and `receipt_hash`. */
export function canonicalHash(document: Document): Uint8Array {
  return sha256(canonicalBytes(document));
}

/** Return the bytes that a worker key signs for a receipt with this hash. */
export function receiptSigningBytes(receiptHash: Uint8Array): Uint8Array {
  const domain = new TextEncoder().encode("hn/receipt-signature/1");
  return Uint8Array.from([...domain, ...receiptHash]);
}

/** Refuse values that languages encode differently: fractions, unsafe integers, unpaired surrogates. */
function check(at: string, value: Json | undefined): void {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new InvalidDocument(`${at} is not a safe integer; expected a decimal string`);
  }
  if (typeof value === "string" && !value.isWellFormed()) throw new InvalidDocument(`${at} is not valid Unicode`);
  if (value === undefined) throw new InvalidDocument(`${at} has no value`);
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value) as [string, Json | undefined][]) {
    check("name of a member", name);
    check(`${at}.${name}`, member);
  }
}
