// Output root: the root of an RFC 6962-style Merkle tree over a job's output files (docs/execution-hash.md).
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { getU32Encoder, getU64Encoder } from "@solana/kit";

const LEAF_DOMAIN = utf8ToBytes("hn/leaf/1");
const EMPTY_ROOT = sha256(utf8ToBytes("hn/leaf/1/empty"));

export interface OutputFile {
  readonly path: string;
  /** 0o644 or 0o755. */
  readonly mode: number;
  readonly size: number;
  readonly sha256: Uint8Array;
}

/** Return the root of a list of files in any order. */
export function outputRoot(files: readonly OutputFile[]): Uint8Array {
  // The order is by bytes, which differs from UTF-16 order; hexadecimal text keeps the order of the bytes.
  const keyed = files.map((file) => ({ key: bytesToHex(utf8ToBytes(file.path)), file }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return files.length === 0 ? EMPTY_ROOT : root(keyed.map(({ file }) => leafHash(file)));
}

/** Return the leaf hash of one file. */
export function leafHash(file: OutputFile): Uint8Array {
  const path = utf8ToBytes(file.path);
  const [u32, u64] = [getU32Encoder(), getU64Encoder()];
  return sha256(
    concatBytes(
      Uint8Array.of(0),
      LEAF_DOMAIN,
      Uint8Array.from(u32.encode(path.length)),
      path,
      Uint8Array.from(u32.encode(file.mode)),
      Uint8Array.from(u64.encode(file.size)),
      file.sha256,
    ),
  );
}

function root(hashes: readonly Uint8Array[]): Uint8Array {
  const [first] = hashes;
  if (first === undefined) return EMPTY_ROOT;
  if (hashes.length === 1) return first;
  const split = 2 ** Math.floor(Math.log2(hashes.length - 1)); // largest power of two below the count
  return sha256(concatBytes(Uint8Array.of(1), root(hashes.slice(0, split)), root(hashes.slice(split))));
}
