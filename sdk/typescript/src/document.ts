// Strict reader of documents: each member once, of its exact type and range, and none unknown.
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { type Address, getAddressDecoder, getAddressEncoder, getBase58Decoder, getBase58Encoder } from "@solana/kit";
import type { Document, Json } from "./canonical.ts";

const U64_MAX = 2n ** 64n - 1n;
const DECIMAL = /^(0|[1-9][0-9]{0,19})$/;
const SIGNATURE_BYTES = 64;

/** Error of a document that breaks its format; `field` is the path of the member at fault. */
export class InvalidMember extends Error {
  override readonly name = "InvalidMember";
  readonly field: string;

  constructor(field: string, detail: string) {
    super(`${field}: ${detail}`);
    this.field = field;
  }
}

/** Names of an enum's members with their numbers, such as `{ accept: 1, reject: 2 }`. */
export type Names = Readonly<Record<string, number>>;

/** Reader that takes members off a document one by one; `finish` refuses what is left. */
export class DocumentReader {
  readonly #members: Map<string, Json>;
  readonly #path: string;

  constructor(document: unknown, path = "") {
    this.#path = path;
    if (!isDocument(document)) throw new InvalidMember(path || "document", "must be a JSON object");
    this.#members = new Map(Object.entries(document));
  }

  refuse(name: string, detail: string): InvalidMember {
    return new InvalidMember(this.#at(name), detail);
  }

  kind(expected: string): void {
    if (this.text("type") !== expected) throw this.refuse("type", `must be "${expected}"`);
  }

  text(name: string): string {
    const value = this.#take(name);
    if (typeof value !== "string") throw this.refuse(name, "must be a string");
    return value;
  }

  integer(name: string, low = 0, high = Number.MAX_SAFE_INTEGER): number {
    const value = this.#take(name);
    if (typeof value !== "number" || !Number.isSafeInteger(value)) throw this.refuse(name, "must be an integer");
    if (value < low || value > high) throw this.refuse(name, `must lie between ${low} and ${high}, not ${value}`);
    return value;
  }

  flag(name: string): boolean {
    const value = this.#take(name);
    if (typeof value !== "boolean") throw this.refuse(name, "must be true or false");
    return value;
  }

  u64(name: string): bigint {
    const text = this.text(name);
    if (!DECIMAL.test(text) || BigInt(text) > U64_MAX) throw this.refuse(name, "must be a u64 as a decimal string");
    return BigInt(text);
  }

  /** Take `size` bytes in lower-case hex. */
  hex(name: string, size: number): Uint8Array {
    const text = this.text(name);
    if (text.length !== 2 * size || !/^[0-9a-f]*$/.test(text)) {
      throw this.refuse(name, `must be ${2 * size} lower-case hex digits`);
    }
    return hexToBytes(text);
  }

  /** Take null or what `read` takes. */
  optional<T>(name: string, read: () => T): T | null {
    if (this.#members.get(name) !== null) return read();
    this.#members.delete(name);
    return null;
  }

  /** Take the lower-case name of an enum's member, and return it. */
  named<N extends Names>(name: string, names: N): keyof N & string {
    const text = this.text(name);
    if (!Object.hasOwn(names, text)) throw this.refuse(name, `must be one of ${Object.keys(names).join(", ")}`);
    return text;
  }

  address(name: string): Address {
    return this.#address(name, this.text(name));
  }

  addresses(name: string): Address[] {
    return this.#items(name).map((item, index) => this.#address(`${name}[${index}]`, item));
  }

  /** Take a transaction's signature: the base58 form of 64 bytes. */
  signature(name: string): string {
    const text = this.text(name);
    const raw = base58(text);
    if (raw?.length !== SIGNATURE_BYTES) throw this.refuse(name, `must be base58 of ${SIGNATURE_BYTES} bytes`);
    return text;
  }

  /** Take an object of another document, as it is. */
  mapping(name: string): Document {
    const value = this.#take(name);
    if (!isDocument(value)) throw this.refuse(name, "must be a JSON object");
    return value;
  }

  object(name: string): DocumentReader {
    return new DocumentReader(this.#take(name), this.#at(name));
  }

  objects(name: string): DocumentReader[] {
    return this.#items(name).map((item, index) => new DocumentReader(item, this.#at(`${name}[${index}]`)));
  }

  finish(): void {
    const [unknown] = [...this.#members.keys()].sort();
    if (unknown !== undefined) throw this.refuse(unknown, "is not a known member");
  }

  #items(name: string): readonly Json[] {
    const value = this.#take(name);
    if (!Array.isArray(value)) throw this.refuse(name, "must be a list");
    return value as readonly Json[];
  }

  #address(name: string, value: Json): Address {
    const raw = typeof value === "string" ? base58(value) : undefined;
    if (raw?.length !== 32) throw this.refuse(name, "must be an address");
    return getAddressDecoder().decode(raw);
  }

  #take(name: string): Json {
    const value = this.#members.get(name);
    if (value === undefined) throw this.refuse(name, "is missing");
    this.#members.delete(name);
    return value;
  }

  #at(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }
}

/** Return the 32 bytes of an address. */
export function addressBytes(address: Address): Uint8Array {
  return Uint8Array.from(getAddressEncoder().encode(address));
}

/** Return an integer in `size` little-endian bytes. */
export function littleEndian(value: bigint | number, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, at) => Number((BigInt(value) >> BigInt(8 * at)) & 255n));
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return bytesToHex(one) === bytesToHex(other);
}

function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Return the bytes of the one base58 spelling of them; undefined for another text. */
function base58(text: string): Uint8Array | undefined {
  if (!/^[1-9A-HJ-NP-Za-km-z]{1,100}$/.test(text)) return undefined;
  const raw = Uint8Array.from(getBase58Encoder().encode(text));
  return getBase58Decoder().decode(raw) === text ? raw : undefined;
}
