// The one encoding of documents: RFC 8785 JSON, whose SHA-256 is both their hash and their blob's address.
import { sha256 } from "@noble/hashes/sha2.js";
import canonicalize from "canonicalize";

/** A JSON value as documents hold it: integers below 2^53, larger ones as decimal strings. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export type Document = Readonly<Record<string, Json>>;

/** A document that has no canonical form. */
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

/** Return the SHA-256 of the canonical bytes: `spec_hash`, `exec_hash` and `receipt_hash` are made so. */
export function canonicalHash(document: Document): Uint8Array {
  return sha256(canonicalBytes(document));
}

/** Return what a node's key signs for a receipt with this hash. */
export function receiptSigningBytes(receiptHash: Uint8Array): Uint8Array {
  const domain = new TextEncoder().encode("hn/receipt-signature/1");
  return Uint8Array.from([...domain, ...receiptHash]);
}

/** Refuse what two languages may write differently: fractions, unsafe integers, half surrogate pairs. */
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
