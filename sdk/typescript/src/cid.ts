// Content ids: CIDv1, raw codec, sha2-256. The 32 bytes on chain are therefore the address of the blob.
import { sha256 } from "@noble/hashes/sha2.js";
import { getBaseXResliceDecoder, getBaseXResliceEncoder } from "@solana/kit";

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
// version 1, codec raw (0x55), multihash sha2-256 (0x12) of 32 (0x20) bytes
const PREFIX = [0x01, 0x55, 0x12, 0x20];
const DIGEST_BYTES = 32;

/** Error of a text that is not the content id of a blob. */
export class InvalidCid extends Error {
  override readonly name = "InvalidCid";
}

export function cidOfDigest(digest: Uint8Array): string {
  if (digest.length !== DIGEST_BYTES) throw new InvalidCid(`a digest has 32 bytes, not ${digest.length}`);
  return `b${getBaseXResliceDecoder(BASE32, 5).decode(Uint8Array.from([...PREFIX, ...digest]))}`;
}

export function cidOfBytes(data: Uint8Array): string {
  return cidOfDigest(sha256(data));
}

/** Return the digest of a content id. Only the spelling that `cidOfDigest` writes is accepted. */
export function digestOfCid(cid: string): Uint8Array {
  if (!/^b[a-z2-7]+$/.test(cid)) throw new InvalidCid(`"${cid}" is not base32`);
  const bytes = Uint8Array.from(getBaseXResliceEncoder(BASE32, 5).encode(cid.slice(1)));
  const digest = bytes.slice(PREFIX.length);
  if (digest.length !== DIGEST_BYTES || cidOfDigest(digest) !== cid) {
    throw new InvalidCid(`"${cid}" is not a CIDv1 (raw, sha2-256, base32)`);
  }
  return digest;
}
